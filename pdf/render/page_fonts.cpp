#include "pdf/render/page_fonts.h"

#include <libdeflate.h>

#include <array>
#include <cstdio>
#include <memory>

namespace wq::render {
namespace {

struct FreeCompressor {
    void operator()(libdeflate_compressor* it) const { libdeflate_free_compressor(it); }
};

libdeflate_compressor* compressor(int level) {
    // Making one costs more than a small stream; each thread keeps its own.
    thread_local std::array<std::unique_ptr<libdeflate_compressor, FreeCompressor>, 13> kept;
    auto& held = kept.at(static_cast<std::size_t>(level));
    if (!held) held.reset(libdeflate_alloc_compressor(level));
    if (!held) throw Fault("no memory for compressing");
    return held.get();
}

template <class... Values>
void put(std::string& out, const char* format, Values... values) {
    std::array<char, 64> text{};
    out.append(text.data(),
               static_cast<std::size_t>(std::snprintf(text.data(), text.size(), format, values...)));
}

constexpr std::string_view kMapStart =
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
constexpr std::string_view kMapEnd = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
constexpr std::size_t kMapBlock = 100;  // entries at most, Adobe Technical Note 5014

// Glyph i + 1 is the i-th character; beyond the BMP as surrogates (ISO 32000-1, 9.10.3).
std::string unicode_map(std::u32string_view points) {
    std::string out(kMapStart);
    for (std::size_t start = 0; start < points.size(); start += kMapBlock) {
        const std::size_t end = std::min(points.size(), start + kMapBlock);
        put(out, "%zu beginbfchar\n", end - start);
        for (std::size_t i = start; i < end; ++i) {
            const auto point = static_cast<unsigned>(points[i]);
            if (point > 0xFFFF)
                put(out, "<%04zX> <%04X%04X>\n", i + 1, 0xD7C0 + (point >> 10), 0xDC00 + (point & 0x3FF));
            else
                put(out, "<%04zX> <%04X>\n", i + 1, point);
        }
        out += "endbfchar\n";
    }
    return out.append(kMapEnd);
}

}  // namespace

Bytes deflated(ByteView bytes, int level) {
    libdeflate_compressor* worker = compressor(level);
    Bytes out(libdeflate_zlib_compress_bound(worker, bytes.size()));
    out.resize(libdeflate_zlib_compress(worker, bytes.data(), bytes.size(), out.data(), out.size()));
    return out;
}

EmbeddedFont embedded(const FontFile& font, std::u32string_view points, std::string_view tag, int level) {
    FontSubset subset = font.subset(points);
    return {std::string(tag) + "+" + font.name(), &font,
            std::move(subset.advances),           subset.file.size(),
            deflated(subset.file, level),         deflated(bytes_of(unicode_map(points)), level)};
}

PageFonts::PageFonts(const Fonts& fonts, const std::vector<PreparedFont>& prepared)
    : fonts_(fonts), prepared_(prepared), own_(prepared.size()), used_(prepared.size()) {}

std::optional<PlacedGlyph> PageFonts::place(Face face, char32_t point) {
    const auto glyph = fonts_.glyph(face, point);
    if (!glyph) return std::nullopt;
    const auto& ready = prepared_[glyph->file].glyphs;
    if (const auto at = ready.find(point); at != ready.end()) {
        used_[glyph->file] = true;
        return PlacedGlyph{2 * glyph->file, at->second, glyph->advance};
    }
    Own& own = own_[glyph->file];
    const auto [at, added] = own.glyphs.try_emplace(point, static_cast<std::uint16_t>(own.points.size() + 1));
    if (added) own.points += point;
    return PlacedGlyph{2 * glyph->file + 1, at->second, glyph->advance};
}

}  // namespace wq::render
