// A small TrueType font (OpenType 1.9) of chosen glyphs, which may come from several font files: all are
// written on one grid. Has just the tables that PDF asks for (ISO 32000-1, 9.9). Not for embedding (press).
#pragma once

#include "pdf/render/font_file.h"

#include <span>

namespace wq::render {

// Glyph 0 is .notdef and empty, glyph i + 1 the i-th that was asked for.
struct FontSubset {
    Bytes file;
    std::size_t outlines_at = 0, outlines_size = 0;  // where the outlines stand in it
    std::vector<int> advances;                       // of each glyph, in 1/1000 em
    std::array<int, 4> box;                          // of all outlines, in 1/1000 em
};

// The outlines follow each other as they were asked for.
FontSubset subset_of(std::span<const WrittenGlyph* const> glyphs);

}  // namespace wq::render
