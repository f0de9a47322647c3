#include "pdf/render/page_fonts.h"

#include <libdeflate.h>

#include <algorithm>
#include <array>
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

void put_hex(std::string& out, std::uint32_t value) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[value >> shift & 15];
}

constexpr std::string_view kMapStart =
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
constexpr std::string_view kMapEnd = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
constexpr int kBestLevel = 12, kQuickLevel = 1;
constexpr std::size_t kMapBlock = 100;  // entries at most, Adobe Technical Note 5014

// Glyph i + 1 is the i-th character; beyond the BMP as surrogates (ISO 32000-1, 9.10.3).
std::string unicode_map(std::u32string_view points) {
    std::string out(kMapStart);
    out.reserve(out.size() + 24 * points.size() + kMapEnd.size());
    for (std::size_t start = 0; start < points.size(); start += kMapBlock) {
        const std::size_t end = std::min(points.size(), start + kMapBlock);
        out += std::to_string(end - start) + " beginbfchar\n";
        for (std::size_t i = start; i < end; ++i) {
            const auto point = static_cast<std::uint32_t>(points[i]);
            out += '<';
            put_hex(out, static_cast<std::uint32_t>(i + 1));
            out += "><";
            if (point > 0xFFFF) put_hex(out, 0xD7C0 + (point >> 10));
            put_hex(out, point > 0xFFFF ? 0xDC00 + (point & 0x3FF) : point);
            out += ">\n";
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

namespace {

EmbeddedFont embedded(FontSubset subset, Bytes file, Bytes to_unicode, std::string name) {
    return {std::move(name), std::move(subset.advances), subset.box, subset.file.size(),
            std::move(file), std::move(to_unicode)};
}

// As small as it gets, for what is made once.
EmbeddedFont smallest(const ChosenGlyphs& chosen, std::string name) {
    FontSubset subset = subset_of(chosen.glyphs);
    Bytes file = deflated(subset.file, kBestLevel);
    return embedded(std::move(subset), std::move(file),
                    deflated(bytes_of(unicode_map(chosen.points)), kBestLevel), std::move(name));
}

// As quick as it gets: every glyph is coded already.
EmbeddedFont quickest(const ChosenGlyphs& chosen, std::string name) {
    FontSubset subset = subset_of(chosen.glyphs);
    const ByteView plain = subset.file;
    BitStream stream(plain.size());
    stream.add(plain.first(subset.outlines_at));
    for (const WrittenGlyph* glyph : chosen.glyphs) stream.add(glyph->bits);
    stream.add(plain.subspan(subset.outlines_at + subset.outlines_size));
    Bytes file = stream.finish(plain);
    return embedded(std::move(subset), std::move(file),
                    deflated(bytes_of(unicode_map(chosen.points)), kQuickLevel), std::move(name));
}

}  // namespace

PreparedFont::PreparedFont(const Fonts& fonts, Points points) : fonts_(fonts) {
    for (std::size_t face = 0; face < kFaces; ++face) {
        std::u32string& all = points[face];
        std::ranges::sort(all);
        all.erase(std::ranges::unique(all).begin(), all.end());
        for (char32_t point : all) {
            const auto glyph = fonts.glyph(static_cast<Face>(face), point);
            if (!glyph || point > 0xFFFF) continue;
            chosen_.points += point;
            chosen_.glyphs.push_back(*glyph);
            numbers_[face].resize(point + 1);
            numbers_[face][point] = static_cast<std::uint16_t>(chosen_.points.size());
        }
    }
}

void PreparedFont::make() {
    ChosenGlyphs all{chosen_.points, {}};
    for (const Glyph& glyph : chosen_.glyphs)
        all.glyphs.push_back(&fonts_.files()[glyph.file].written(glyph.id));
    font_ = smallest(all, "WQFORM+Wangqian");
}

std::optional<PlacedGlyph> PageFonts::place(Face face, char32_t point) {
    const auto glyph = fonts_.glyph(face, point);
    if (!glyph) return std::nullopt;
    if (const std::uint16_t ready = prepared_.glyph(face, point)) {
        has_prepared_ = true;
        return PlacedGlyph{0, ready, glyph->advance};
    }
    const auto [at, added] =
        numbers_.try_emplace(std::uint32_t{glyph->file} << 24 | static_cast<std::uint32_t>(point),
                             static_cast<std::uint16_t>(chosen_.points.size() + 1));
    if (added) {
        chosen_.points += point;
        chosen_.glyphs.push_back(&fonts_.files()[glyph->file].written(glyph->id));
    }
    return PlacedGlyph{1, at->second, glyph->advance};
}

EmbeddedFont PageFonts::own() const { return quickest(chosen_, "WQVALS+Wangqian"); }

}  // namespace wq::render
