// One TrueType font file (OpenType 1.9, glyf outlines), mapped into memory and read in place: which
// glyph draws a character, how wide it is, and a small font of just some characters. Collections
// (.ttc) are read by index. Not for CFF outlines, shaping or hinting. Safe to share between threads.
#pragma once

#include "data/base/bytes.h"

#include <array>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace wq::render {

// A font file that holds only what its characters need. Glyph 0 is .notdef, glyph i + 1 draws the i-th
// character asked for (each has its own glyph, so that text is extracted without doubt), and after them
// stand the parts of composed glyphs. Instructions are left out: paper needs none.
struct FontSubset {
    Bytes file;
    std::vector<int> advances;  // of each glyph, in 1/1000 em
};

class FontFile {
  public:
    // Throws Fault, naming the file and `package`, if it is missing or not such a font.
    FontFile(const std::filesystem::path& file, int index, std::string name, std::string_view package);

    // 0 if the font can't draw it; a glyph without outline draws white space only.
    std::uint16_t glyph(char32_t point) const;
    int advance(std::uint16_t glyph) const;  // 1/1000 em

    FontSubset subset(std::span<const char32_t> points) const;

    const std::string& name() const { return name_; }  // PostScript name
    std::array<int, 4> box() const { return box_; }    // of all glyphs, 1/1000 em
    int ascent() const { return ascent_; }
    int descent() const { return descent_; }

  private:
    ByteView table(std::string_view tag) const;
    void choose_character_map(ByteView cmap);
    std::uint16_t mapped(char32_t point) const;
    ByteView outline(std::uint16_t glyph) const;
    ByteView metric(std::uint16_t glyph, std::array<std::uint8_t, 4>& held) const;

    std::string name_;
    std::shared_ptr<const ByteView> file_;  // unmapped with its last owner
    std::size_t directory_ = 0;
    ByteView cmap_, glyf_, loca_, hmtx_;
    bool wide_map_ = false, long_loca_ = false;
    int units_ = 1000, glyphs_ = 0, metrics_ = 0, ascent_ = 0, descent_ = 0;
    std::array<int, 4> box_{};
};

}  // namespace wq::render
