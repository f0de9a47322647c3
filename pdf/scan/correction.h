// Reed–Solomon correction of a QR symbol's block (ISO/IEC 18004, 7.5.2): errors and erasures over the field
// of 256 elements. Pure arithmetic.
#pragma once

#include "data/base/bytes.h"

#include <cstddef>
#include <vector>

namespace wq::scan {

// Corrects `block`, whose last `correction` codewords are for that, in place: up to (correction - erased) / 2
// wrong ones besides the `erased` places. False, and the block as it was, where there are more.
bool correct_block(Bytes& block, std::size_t correction, const std::vector<std::size_t>& erased);

}  // namespace wq::scan
