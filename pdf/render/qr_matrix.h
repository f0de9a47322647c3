// Second half of a QR symbol (ISO/IEC 18004, 7.7–7.10): from codewords to modules at level M, with the
// mask of least penalty. Whole rows are worked at once, 64 modules to a word. Inner part of qr.h.
#pragma once

#include "data/base/bytes.h"
#include "pdf/render/qr.h"

namespace wq::render {

QrSymbol qr_matrix(int version, ByteView codewords);

}  // namespace wq::render
