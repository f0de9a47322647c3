#include "pdf/render/fonts.h"

#include "data/base/utf8.h"

#include <array>
#include <cstdio>

namespace wq::render {
namespace {

enum File : std::size_t { kUming, kWenkai, kWenkaiBold, kBabelstone, kHanaA, kHanaB };

// Titles are set large, so their font is rounded less.
constexpr std::array<FontOrigin, 6> kOrigins{{
    {"arphic/uming.ttc", "UMingCN", "fonts-arphic-uming", 2},
    {"lxgw-wenkai/LXGWWenKai-Regular.ttf", "LXGWWenKai-Regular", "fonts-lxgw-wenkai", 2},
    {"lxgw-wenkai/LXGWWenKai-Bold.ttf", "LXGWWenKai-Bold", "fonts-lxgw-wenkai", 1},
    {"babelstone/BabelStoneHan.ttf", "BabelStoneHan", "fonts-babelstone-han", 2},
    {"hanazono/HanaMinA.ttf", "HanaMinA", "fonts-hanazono", 2},
    {"hanazono/HanaMinB.ttf", "HanaMinB", "fonts-hanazono", 2},
}};

constexpr std::array<File, 5> kSong{kUming, kBabelstone, kHanaA, kHanaB, kWenkai};
constexpr std::array<File, 5> kKai{kWenkai, kBabelstone, kHanaA, kHanaB, kUming};
constexpr std::array<File, 5> kBold{kWenkaiBold, kWenkai, kBabelstone, kHanaA, kHanaB};

// UMing sets these two in the middle of their square, as in Taiwan; the mainland sets them low and left.
constexpr std::array<File, 5> kSongStops{kBabelstone, kHanaA, kUming, kWenkai, kHanaB};

const std::array<File, 5>& order_of(Face face, char32_t point) {
    switch (face) {
        case Face::song:
            return point == U'、' || point == U'。' ? kSongStops : kSong;
        case Face::kai:
            return kKai;
        case Face::kai_bold:
            return kBold;
    }
    return kSong;
}

// Some fonts have a glyph for these, but only shaping would make them mean anything.
bool selects_variation(char32_t point) {
    return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
}

constexpr std::size_t kBmp = 0x10000;

// A known answer in one word: file, glyph, advance.
constexpr std::uint64_t kDrawn = std::uint64_t{1} << 63, kNotDrawn = 1;
std::uint64_t packed(const Glyph& it) {
    return kDrawn | std::uint64_t{it.file} << 32 | std::uint64_t{it.id} << 16 |
           static_cast<std::uint64_t>(it.advance);
}
Glyph unpacked(std::uint64_t word) {
    return {static_cast<std::uint8_t>(word >> 32), static_cast<std::uint16_t>(word >> 16),
            static_cast<int>(word & 0xFFFF)};
}

std::filesystem::path found(const std::vector<std::filesystem::path>& folders, const char* file) {
    for (const auto& folder : folders)
        if (std::filesystem::exists(folder / file)) return folder / file;
    return folders.empty() ? std::filesystem::path(file) : folders.front() / file;
}

}  // namespace

std::string code_point_name(char32_t point) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "U+%04X", static_cast<unsigned>(point));
    return text.data();
}

Fonts::Fonts(const std::vector<std::filesystem::path>& folders) : known_(kFaces * kBmp) {
    files_.reserve(kOrigins.size());
    for (const FontOrigin& origin : kOrigins) files_.emplace_back(found(folders, origin.file), origin);
}

std::optional<Glyph> Fonts::glyph(Face face, char32_t point) const {
    if (point >= kBmp) return looked_up(face, point);
    auto& known = known_[static_cast<std::size_t>(face) * kBmp + point];
    std::uint64_t word = known.load(std::memory_order_relaxed);
    if (word == 0) {
        const auto glyph = looked_up(face, point);
        word = glyph ? packed(*glyph) : kNotDrawn;
        known.store(word, std::memory_order_relaxed);
    }
    if (word == kNotDrawn) return std::nullopt;
    return unpacked(word);
}

std::optional<Glyph> Fonts::looked_up(Face face, char32_t point) const {
    if (is_control(point) || selects_variation(point)) return std::nullopt;
    for (File file : order_of(face, point))
        if (const std::uint16_t id = files_[file].glyph(point))
            return Glyph{static_cast<std::uint8_t>(file), id, files_[file].advance(id)};
    return std::nullopt;
}

Result<void> Fonts::check(std::string_view text) const {
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = next_code_point(text, at);
        if (point != '\n' && !glyph(Face::kai, point))
            return refuse("character_not_printable", {{"code_point", code_point_name(point)}});
    }
    return {};
}

}  // namespace wq::render
