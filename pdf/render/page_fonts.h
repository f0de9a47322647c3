// The fonts of one PDF while its pages are written: gives each character its font and glyph number, and
// knows at the end which fonts to embed. Inner part of the press.
#pragma once

#include "data/base/bytes.h"
#include "pdf/render/fonts.h"

#include <optional>
#include <unordered_map>

namespace wq::render {

// A subset ready to be embedded; streams are deflated (RFC 1950).
struct EmbeddedFont {
    std::string name;  // with the subset's tag: "WQFORM+UMingCN"
    const FontFile* font;
    std::vector<int> advances;
    std::size_t length;  // of the font file before deflating
    Bytes file;
    Bytes to_unicode;
};

Bytes deflated(ByteView bytes, int level);
EmbeddedFont embedded(const FontFile& font, std::u32string_view points, std::string_view tag, int level);

// What every document may take from one font file.
struct PreparedFont {
    EmbeddedFont font;
    std::unordered_map<char32_t, std::uint16_t> glyphs;
};

// A character as the page stream writes it: number of the font, two per font file (prepared, own).
struct PlacedGlyph {
    std::size_t font;
    std::uint16_t id;
    int advance;
};

class PageFonts {
  public:
    PageFonts(const Fonts& fonts, const std::vector<PreparedFont>& prepared);

    std::optional<PlacedGlyph> place(Face face, char32_t point);

    // Calls visit(number, EmbeddedFont) for each font in use.
    template <class Visit>
    void visit_used(Visit visit) const {
        for (std::size_t file = 0; file < own_.size(); ++file) {
            if (used_[file]) visit(2 * file, prepared_[file].font);
            if (!own_[file].points.empty())
                visit(2 * file + 1, embedded(fonts_.files()[file], own_[file].points, "WQVALS", kOwnLevel));
        }
    }

  private:
    static constexpr int kOwnLevel = 1;
    struct Own {
        std::u32string points;
        std::unordered_map<char32_t, std::uint16_t> glyphs;
    };

    const Fonts& fonts_;
    const std::vector<PreparedFont>& prepared_;
    std::vector<Own> own_;
    std::vector<bool> used_;
};

}  // namespace wq::render
