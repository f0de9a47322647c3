// One TrueType font file (OpenType 1.9, glyf outlines), mapped into memory and read in place: which
// glyph draws a character, how wide it is, and its outline as subsets hold it. Collections (.ttc) are read by
// index. Not for CFF outlines, shaping or hinting. Safe to share between threads.
#pragma once

#include "data/base/bytes.h"
#include "pdf/render/bit_text.h"
#include "pdf/render/outline.h"

#include <array>
#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace wq::render {

// The em of all subsets. A unit is 7 µm at size five, a sixth of what a printer of 600 dpi resolves.
inline constexpr int kSubsetEm = 512;

// A glyph in a subset: simple, without instructions; its left bearing is where its outline begins.
struct WrittenGlyph {
    WrittenOutline outline;
    BitText bits;  // of the outline
    int width;     // in units of the subset
    int advance;   // in 1/1000 em
};

// What a font file is called and where it comes from. Outlines are rounded to `step` units of the subset.
struct FontOrigin {
    const char* file;
    const char* name;  // PostScript name
    const char* package;
    int step;
    int index = 0;  // in a collection
};

class FontFile {
  public:
    // Throws Fault, naming the file and the package, if it is missing or not such a font.
    FontFile(const std::filesystem::path& file, const FontOrigin& origin);
    FontFile(FontFile&&) = default;
    ~FontFile();

    // 0 if the font can't draw it; a glyph without outline draws white space only.
    std::uint16_t glyph(char32_t point) const;
    int advance(std::uint16_t glyph) const;  // 1/1000 em

    // Made when first asked for; lives as long as the font.
    const WrittenGlyph& written(std::uint16_t glyph) const;

    const std::string& name() const { return name_; }
    // Name, size, day of change and step: other where subsets may come out otherwise.
    const std::string& stamp() const { return stamp_; }

  private:
    ByteView table(std::string_view tag) const;
    void choose_character_map(ByteView cmap);
    std::uint16_t mapped(char32_t point) const;
    ByteView outline(std::uint16_t glyph) const;
    int advance_in_units(std::uint16_t glyph) const;
    int bearing(std::uint16_t glyph) const;

    std::string name_, stamp_;
    int step_;
    std::shared_ptr<const ByteView> file_;  // unmapped with its last owner
    std::size_t directory_ = 0;
    ByteView cmap_, glyf_, loca_, hmtx_;
    bool wide_map_ = false, long_loca_ = false;
    int units_ = 1000, glyphs_ = 0, metrics_ = 0;
    mutable std::vector<std::atomic<const WrittenGlyph*>> written_;  // by glyph, once asked for
};

}  // namespace wq::render
