// The fonts of one PDF while its pages are written: gives each character its font and glyph number, and
// knows at the end which fonts to embed. Inner part of the press.
#pragma once

#include "data/base/bytes.h"
#include "pdf/render/font_subset.h"
#include "pdf/render/fonts.h"

#include <array>
#include <optional>
#include <string>
#include <unordered_map>

namespace wq::render {

// A subset ready to be embedded; streams are deflated (RFC 1950).
struct EmbeddedFont {
    std::string name;  // with the subset's tag: "WQFORM+Wangqian"
    std::vector<int> advances;
    std::array<int, 4> box{};
    std::size_t length = 0;  // of the font file before deflating
    Bytes file;
    Bytes to_unicode;
};

// Characters and the glyphs that draw them, whatever font file these are of.
struct ChosenGlyphs {
    std::u32string points;
    std::vector<const WrittenGlyph*> glyphs;
};

Bytes deflated(ByteView bytes, int level);

// What every document may take: the characters of its fixed text by face, in the order of their numbers.
class PreparedFont {
  public:
    using Points = std::array<std::u32string, kFaces>;
    PreparedFont(const Fonts& fonts, Points points);

    // Made of its characters, or taken from where it was kept.
    void make();
    void take(EmbeddedFont font) { font_ = std::move(font); }
    const std::u32string& points() const { return chosen_.points; }

    // 0 for a character that is not in it.
    std::uint16_t glyph(Face face, char32_t point) const {
        const auto& numbers = numbers_[static_cast<std::size_t>(face)];
        return point < numbers.size() ? numbers[point] : std::uint16_t{0};
    }
    const EmbeddedFont& font() const { return font_; }

  private:
    const Fonts& fonts_;
    struct Chosen {
        std::u32string points;
        std::vector<Glyph> glyphs;
    } chosen_;
    EmbeddedFont font_;
    std::array<std::vector<std::uint16_t>, kFaces> numbers_;  // by face and character
};

// A character as the page stream writes it. Font 0 is the prepared one, font 1 the document's own.
struct PlacedGlyph {
    int font;
    std::uint16_t id;
    int advance;
};

class PageFonts {
  public:
    PageFonts(const Fonts& fonts, const PreparedFont& prepared) : fonts_(fonts), prepared_(prepared) {}

    std::optional<PlacedGlyph> place(Face face, char32_t point);

    // Whether the prepared font is on the pages; use_prepared() where a stream that was made before has it.
    bool has_prepared() const { return has_prepared_; }
    void use_prepared() { has_prepared_ = true; }
    bool has_own() const { return !chosen_.points.empty(); }
    EmbeddedFont own() const;

  private:
    const Fonts& fonts_;
    const PreparedFont& prepared_;
    bool has_prepared_ = false;
    ChosenGlyphs chosen_;
    std::unordered_map<std::uint32_t, std::uint16_t> numbers_;  // by font file and character
};

}  // namespace wq::render
