#include "pdf/render/fonts.h"

#include "data/base/utf8.h"

#include <array>
#include <cstdio>

namespace wq::render {
namespace {

struct Source {
    const char* file;
    const char* name;
    const char* package;
};

enum File : std::size_t { kUming, kWenkai, kWenkaiBold, kBabelstone, kHanaA, kHanaB };

constexpr std::array<Source, 6> kSources{{
    {"arphic/uming.ttc", "UMingCN", "fonts-arphic-uming"},
    {"lxgw-wenkai/LXGWWenKai-Regular.ttf", "LXGWWenKai-Regular", "fonts-lxgw-wenkai"},
    {"lxgw-wenkai/LXGWWenKai-Bold.ttf", "LXGWWenKai-Bold", "fonts-lxgw-wenkai"},
    {"babelstone/BabelStoneHan.ttf", "BabelStoneHan", "fonts-babelstone-han"},
    {"hanazono/HanaMinA.ttf", "HanaMinA", "fonts-hanazono"},
    {"hanazono/HanaMinB.ttf", "HanaMinB", "fonts-hanazono"},
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

constexpr std::size_t kFaces = 3, kBmp = 0x10000;
constexpr std::uint32_t kDrawn = 0x80000000, kNotDrawn = 1;

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
    files_.reserve(kSources.size());
    for (const Source& source : kSources)
        files_.emplace_back(found(folders, source.file), 0, source.name, source.package);
}

std::optional<Glyph> Fonts::glyph(Face face, char32_t point) const {
    if (point >= kBmp) return looked_up(face, point);
    auto& known = known_[static_cast<std::size_t>(face) * kBmp + point];
    std::uint32_t entry = known.load(std::memory_order_relaxed);
    if (entry == 0) {
        const auto glyph = looked_up(face, point);
        entry = glyph ? kDrawn | static_cast<std::uint32_t>(glyph->file << 16 |
                                                            static_cast<std::size_t>(glyph->advance))
                      : kNotDrawn;
        known.store(entry, std::memory_order_relaxed);
    }
    if (entry == kNotDrawn) return std::nullopt;
    return Glyph{(entry & ~kDrawn) >> 16, static_cast<int>(entry & 0xFFFF)};
}

std::optional<Glyph> Fonts::looked_up(Face face, char32_t point) const {
    if (is_control(point) || selects_variation(point)) return std::nullopt;
    for (File file : order_of(face, point))
        if (const std::uint16_t id = files_[file].glyph(point)) return Glyph{file, files_[file].advance(id)};
    return std::nullopt;
}

Result<void> Fonts::check(std::string_view text) const {
    for (char32_t point : to_code_points(text))
        if (point != '\n' && !glyph(Face::kai, point))
            return refuse("character_not_printable", {{"code_point", code_point_name(point)}});
    return {};
}

}  // namespace wq::render
