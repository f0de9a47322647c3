// Glyph outlines of TrueType (OpenType "glyf"): read from a font's bytes, composed ones made simple, and
// written again on a grid of our choice with the fewest points and bytes that draw the same. Hints are left
// out: paper needs none. Inner part of font_file.h.
#pragma once

#include "data/base/bytes.h"

#include <array>
#include <functional>
#include <vector>

namespace wq::render {

struct OutlinePoint {
    double x = 0, y = 0;
    bool on_curve = true;
};
using Contour = std::vector<OutlinePoint>;

// Where a font's glyph stands in its file; empty for one without outline.
using GlyphBytes = std::function<ByteView(std::uint16_t)>;

// In the font's own units. Throws Fault if the bytes are damaged.
std::vector<Contour> read_outline(const GlyphBytes& bytes, std::uint16_t glyph);

// Multiplies by `scale`, rounds to multiples of `step` and leaves out the points that then say nothing.
std::vector<Contour> on_grid(std::vector<Contour> contours, double scale, int step);

struct WrittenOutline {
    Bytes bytes;  // whole words of four
    std::uint32_t checksum = 0;
    std::array<int, 4> box{};  // left, low, right, high
    std::size_t points = 0, contours = 0;
};
WrittenOutline write_outline(const std::vector<Contour>& contours);

}  // namespace wq::render
