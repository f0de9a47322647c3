#include "pdf/render/font_subset.h"

#include "pdf/render/big_endian.h"

#include <algorithm>
#include <optional>

namespace wq::render {
namespace {

// The tables of a font file as they are added; the directory is filled in on the way.
class FontWriter {
  public:
    static constexpr std::size_t kTables = 6, kDirectory = 12, kStart = kDirectory + 16 * kTables;

    explicit FontWriter(std::size_t size) {
        out_.reserve(size);
        put32(out_, 0x00010000);
        put16(out_, kTables);
        for (std::size_t value : {64, 2, 32}) put16(out_, value);  // 4 * 16, log2(4), 6 * 16 - 64
        out_.resize(kStart);
    }
    // `write` appends the table's bytes; `sum` is their checksum where it is known.
    template <class Write>
    void table(std::string_view tag, Write write, std::optional<std::uint32_t> sum = {}) {
        const std::size_t start = out_.size();
        write(out_);
        const std::size_t length = out_.size() - start;
        Bytes entry(tag.begin(), tag.end());
        put32(entry, sum ? *sum : checksum(ByteView(out_).subspan(start)));
        put32(entry, start);
        put32(entry, length);
        std::ranges::copy(entry, out_.begin() + static_cast<std::ptrdiff_t>(kDirectory + 16 * count_++));
        out_.resize((out_.size() + 3) & ~std::size_t{3});
    }
    Bytes take() { return std::move(out_); }

  private:
    Bytes out_;
    std::size_t count_ = 0;
};

// What the tables say of all glyphs together.
struct Extent {
    std::uint32_t sum = 0;
    std::size_t glyphs = 1, bytes = 0, points = 0, contours = 0;
    int width = kSubsetEm;
    std::array<int, 4> box{0, 0, 0, 0};

    explicit Extent(std::span<const WrittenGlyph* const> all) : glyphs(all.size() + 1) {
        for (const WrittenGlyph* glyph : all) {
            const WrittenOutline& outline = glyph->outline;
            bytes += outline.bytes.size();
            sum += outline.checksum;
            points = std::max(points, outline.points);
            contours = std::max(contours, outline.contours);
            width = std::max(width, glyph->width);
            for (std::size_t i : {0, 1}) box[i] = std::min(box[i], outline.box[i]);
            for (std::size_t i : {2, 3}) box[i] = std::max(box[i], outline.box[i]);
        }
    }
    bool needs_long_offsets() const { return bytes > 2 * 0xFFFF; }
};

void put_signed(Bytes& to, int value) { put16(to, static_cast<std::uint16_t>(value)); }

void put_head(Bytes& to, const Extent& extent) {
    for (std::size_t value : {0x00010000, 0x00010000, 0, 0x5F0F3CF5}) put32(to, value);
    put16(to, 3);  // base line and left bearings at zero
    put16(to, kSubsetEm);
    for (int i = 0; i < 4; ++i) put32(to, 0);  // made and changed on no day
    for (int side : extent.box) put_signed(to, side);
    for (std::size_t value : {0, 8, 2}) put16(to, value);
    put16(to, extent.needs_long_offsets());
    put16(to, 0);
}

void put_hhea(Bytes& to, const Extent& extent) {
    put32(to, 0x00010000);
    for (int value : {extent.box[3], extent.box[1], 0, extent.width, extent.box[0], 0, extent.box[2], 1})
        put_signed(to, value);
    for (int i = 0; i < 7; ++i) put16(to, 0);
    put16(to, extent.glyphs);
}

void put_maxp(Bytes& to, const Extent& extent) {
    put32(to, 0x00010000);
    for (std::size_t value : {extent.glyphs, extent.points, extent.contours}) put16(to, value);
    for (std::size_t value : {0, 0, 1}) put16(to, value);  // nothing composed, one zone, no program
    for (int i = 0; i < 8; ++i) put16(to, 0);
}

void put_loca(Bytes& to, std::span<const WrittenGlyph* const> glyphs, bool long_offsets) {
    const auto put = [&](std::size_t at) { long_offsets ? put32(to, at) : put16(to, at / 2); };
    std::size_t at = 0;
    put(0);
    put(0);
    for (const WrittenGlyph* glyph : glyphs) put(at += glyph->outline.bytes.size());
}

}  // namespace

FontSubset subset_of(std::span<const WrittenGlyph* const> glyphs) {
    const Extent extent(glyphs);
    FontWriter writer(extent.bytes + 8 * glyphs.size() + 400);
    writer.table(
        "glyf",
        [&](Bytes& to) {
            for (const WrittenGlyph* glyph : glyphs) append(to, glyph->outline.bytes);
        },
        extent.sum);
    writer.table("head", [&](Bytes& to) { put_head(to, extent); });
    writer.table("hhea", [&](Bytes& to) { put_hhea(to, extent); });
    writer.table("hmtx", [&](Bytes& to) {
        put32(to, kSubsetEm << 16);
        for (const WrittenGlyph* glyph : glyphs) {
            put16(to, static_cast<std::size_t>(glyph->width));
            put_signed(to, glyph->outline.box[0]);
        }
    });
    writer.table("loca", [&](Bytes& to) { put_loca(to, glyphs, extent.needs_long_offsets()); });
    writer.table("maxp", [&](Bytes& to) { put_maxp(to, extent); });
    FontSubset out{writer.take(), FontWriter::kStart, extent.bytes, {1000}, extent.box};
    out.advances.reserve(glyphs.size() + 1);
    for (int& side : out.box) side = side * 1000 / kSubsetEm;
    for (const WrittenGlyph* glyph : glyphs) out.advances.push_back(glyph->advance);
    return out;
}

}  // namespace wq::render
