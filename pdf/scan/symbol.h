// Which module of a QR symbol is what (ISO/IEC 18004, 7.3, 7.7–7.10), for reading symbols of level M whose
// modules were measured one by one. Not for drawing them (pdf/render).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace wq::scan {

inline constexpr int kLargestVersion = 20;

// Codewords of data in a block, blocks of the symbol, correction codewords in each block.
struct SymbolPlan {
    int version = 0, side = 0;
    std::size_t blocks = 0, correction = 0, codewords = 0;
    std::vector<std::int8_t> fixed;  // row by row: 1 always dark, -1 always light, 0 neither
    std::vector<int> alignments;     // modules in the middle of the alignment patterns
    std::vector<int> data;           // modules of the codewords' bits, in their order

    std::size_t data_codewords() const { return codewords - blocks * correction; }
};

// Version 1 to kLargestVersion; made once.
const SymbolPlan& symbol_plan(int version);
inline int version_of(int side) { return (side - 17) / 4; }

// True where mask 0–7 turns a module of the data.
bool is_masked(int mask, int x, int y);

// Modules of the two copies of format bit 0–14, and the bits of level M with this mask.
struct FormatModule {
    int bit = 0, module = 0;
};
const std::vector<FormatModule>& format_modules(int side);
int format_bits(int mask);

}  // namespace wq::scan
