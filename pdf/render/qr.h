// QR symbols (ISO/IEC 18004) of the codes on paper: alphanumeric mode, error correction level M, the
// smallest version that holds the text. Not for reading (pdf/scan) nor for what the text means.
#pragma once

#include "data/base/result.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace wq::render {

struct QrSymbol {
    int side = 0;                       // modules
    std::vector<std::uint8_t> modules;  // row by row, 1 is dark

    bool dark(int x, int y) const { return modules[static_cast<std::size_t>(y * side + x)] != 0; }
    bool operator==(const QrSymbol&) const = default;
};

// Refuses with `code_text_invalid` for an empty text or a character outside 0–9 A–Z $%*+-./: and space, and
// with `code_text_too_long` {length, limit} above `largest_side` modules.
Result<QrSymbol> qr_symbol(std::string_view text, int largest_side = 177);

}  // namespace wq::render
