// The typefaces of paper: Song for what is printed on every form, Kai for what is filled in, a bold Kai
// for titles; and the fonts that stand in for rare characters of all planes. Answers which font draws a
// character and how wide text is. Not for laying out (text_layout.h) or embedding (press.h).
#pragma once

#include "data/base/result.h"
#include "pdf/render/font_file.h"

#include <atomic>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

namespace wq::render {

inline constexpr const char* kFontFolder = "/usr/share/fonts/truetype";

enum class Face { song, kai, kai_bold };
inline constexpr std::size_t kFaces = 3;

// Which file draws a character (index into Fonts::files()) by which glyph, and its width in 1/1000 em.
struct Glyph {
    std::uint8_t file;
    std::uint16_t id;
    int advance;
};

std::string code_point_name(char32_t point);  // "U+2C456"

// Loaded once and shared by all threads; never changes.
class Fonts {
  public:
    // Folders are searched in order, each as "folder/lxgw-wenkai/LXGWWenKai-Regular.ttf" and so on.
    // Throws Fault, naming the file and its Debian package, if one is missing.
    explicit Fonts(const std::vector<std::filesystem::path>& folders = {kFontFolder});

    const std::vector<FontFile>& files() const { return files_; }

    // Nothing for a character that no font draws, and for control and private use characters and
    // variation selectors.
    std::optional<Glyph> glyph(Face face, char32_t point) const;

    // Refuses with `character_not_printable` {code_point: "U+2C456"} for the first character of valid
    // UTF-8 that no font draws; a line feed is fine.
    Result<void> check(std::string_view text) const;

  private:
    std::optional<Glyph> looked_up(Face face, char32_t point) const;

    std::vector<FontFile> files_;
    // Answers for the BMP, by face and character, filled as they are asked for; 0 is not asked yet. All
    // threads would write the same.
    mutable std::vector<std::atomic<std::uint64_t>> known_;
};

}  // namespace wq::render
