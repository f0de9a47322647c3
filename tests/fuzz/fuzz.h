// What every fuzz target shares: a law that must hold for any input, or the run stops here. Not for tests
// with known answers.
#pragma once

#include "data/base/bytes.h"

#include <cstdlib>

namespace wq::fuzz {

inline void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace wq::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
