#include "pdf/render/font_file.h"

#include "data/base/result.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <unordered_map>

namespace wq::render {
namespace {

// Reading beyond the end means a damaged file.
std::uint32_t u16(ByteView bytes, std::size_t at) {
    if (at + 2 > bytes.size()) throw Fault("damaged font file");
    return static_cast<std::uint32_t>(bytes[at] << 8 | bytes[at + 1]);
}
std::uint32_t u32(ByteView bytes, std::size_t at) { return u16(bytes, at) << 16 | u16(bytes, at + 2); }
int i16(ByteView bytes, std::size_t at) { return static_cast<std::int16_t>(u16(bytes, at)); }

ByteView part(ByteView bytes, std::size_t at, std::size_t length) {
    if (at > bytes.size() || length > bytes.size() - at) throw Fault("damaged font file");
    return bytes.subspan(at, length);
}

void put16(Bytes& to, std::size_t value) {
    to.push_back(static_cast<std::uint8_t>(value >> 8));
    to.push_back(static_cast<std::uint8_t>(value));
}
void put32(Bytes& to, std::size_t value) {
    put16(to, value >> 16 & 0xFFFF);
    put16(to, value & 0xFFFF);
}
void set16(Bytes& in, std::size_t at, std::size_t value) {
    in.at(at) = static_cast<std::uint8_t>(value >> 8);
    in.at(at + 1) = static_cast<std::uint8_t>(value);
}
void fill_to_words(Bytes& bytes) { bytes.resize((bytes.size() + 3) & ~std::size_t{3}); }

std::shared_ptr<const ByteView> mapped_file(const std::filesystem::path& file, std::string_view package) {
    const int handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat status {};
    if (handle < 0 || ::fstat(handle, &status) != 0 || status.st_size == 0) {
        if (handle >= 0) ::close(handle);
        throw Fault("font file " + file.string() + " is missing; install the Debian package " +
                    std::string(package));
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    void* start = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, handle, 0);
    ::close(handle);
    if (start == MAP_FAILED) throw Fault("font file " + file.string() + " can't be mapped into memory");
    auto unmap = [](const ByteView* view) {
        ::munmap(const_cast<std::uint8_t*>(view->data()), view->size());
        delete view;
    };
    return {new ByteView(static_cast<const std::uint8_t*>(start), size), unmap};
}

// Flags of a component of a composed glyph (OpenType "glyf").
constexpr std::uint32_t kWords = 1, kScale = 8, kMore = 0x20, kTwoScales = 0x40, kFourScales = 0x80,
                        kInstructions = 0x100;
constexpr std::size_t kGlyphHead = 10;

bool is_space(char32_t point) {
    return point == ' ' || point == 0xA0 || (point >= 0x2000 && point <= 0x200A) || point == 0x3000;
}

// A simple outline without its instructions.
void append_simple(Bytes& to, ByteView glyph) {
    const std::size_t contours = u16(glyph, 0);
    const std::size_t ends = kGlyphHead + 2 * contours;
    const std::size_t instructions = u16(glyph, ends);
    append(to, part(glyph, 0, ends));
    put16(to, 0);
    const std::size_t rest = ends + 2 + instructions;
    append(to, part(glyph, rest, glyph.size() - std::min(rest, glyph.size())));
}

// A composed outline with the parts renumbered by `number`, which may add glyphs to the subset.
template <class Number>
void append_composed(Bytes& to, ByteView glyph, Number number) {
    append(to, part(glyph, 0, kGlyphHead));
    std::size_t at = kGlyphHead;
    for (bool more = true; more;) {
        const std::uint32_t flags = u16(glyph, at);
        const std::size_t scale = flags & kScale ? 2 : flags & kTwoScales ? 4 : flags & kFourScales ? 8 : 0;
        const std::size_t length = (flags & kWords ? 4 : 2) + scale;
        put16(to, flags & ~kInstructions);
        put16(to, number(static_cast<std::uint16_t>(u16(glyph, at + 2))));
        append(to, part(glyph, at + 4, length));
        at += 4 + length;
        more = (flags & kMore) != 0;
    }
}

struct Table {
    std::string_view tag;
    Bytes content;
};

std::uint32_t checksum(const Bytes& words) {
    std::uint32_t sum = 0;
    for (std::size_t at = 0; at < words.size(); at += 4) sum += u32(words, at);
    return sum;
}

Bytes font_of(std::vector<Table> tables) {
    Bytes out;
    put32(out, 0x00010000);
    put16(out, tables.size());
    put16(out, 64);  // six tables: 4 * 16, log2(4), 6 * 16 - 64
    put16(out, 2);
    put16(out, 32);
    std::size_t at = 12 + 16 * tables.size();
    for (Table& table : tables) {
        const std::size_t length = table.content.size();
        fill_to_words(table.content);
        append(out, bytes_of(table.tag));
        put32(out, checksum(table.content));
        put32(out, at);
        put32(out, length);
        at += table.content.size();
    }
    for (const Table& table : tables) append(out, table.content);
    return out;
}

}  // namespace

FontFile::FontFile(const std::filesystem::path& file, int index, std::string name, std::string_view package)
    : name_(std::move(name)), file_(mapped_file(file, package)) {
    try {
        if (text_of(part(*file_, 0, 4)) == "ttcf") directory_ = u32(*file_, 12 + 4 * std::size_t(index));
        const ByteView head = table("head"), hhea = table("hhea");
        glyf_ = table("glyf"), loca_ = table("loca"), hmtx_ = table("hmtx");
        units_ = std::max(1, static_cast<int>(u16(head, 18)));
        long_loca_ = u16(head, 50) != 0;
        glyphs_ = static_cast<int>(u16(table("maxp"), 4));
        metrics_ = std::max(1, static_cast<int>(u16(hhea, 34)));
        ascent_ = i16(hhea, 4) * 1000 / units_;
        descent_ = i16(hhea, 6) * 1000 / units_;
        for (std::size_t i = 0; i < 4; ++i) box_[i] = i16(head, 36 + 2 * i) * 1000 / units_;
        choose_character_map(table("cmap"));
    } catch (const Fault& fault) {
        throw Fault(std::string(fault.what()) + ": " + file.string() + "; install the Debian package " +
                    std::string(package) + " again");
    }
}

ByteView FontFile::table(std::string_view tag) const {
    const std::size_t count = u16(*file_, directory_ + 4);
    for (std::size_t i = 0; i < count; ++i) {
        const ByteView entry = part(*file_, directory_ + 12 + 16 * i, 16);
        if (text_of(entry.first(4)) == tag) return part(*file_, u32(entry, 8), u32(entry, 12));
    }
    throw Fault("font file without table " + std::string(tag));
}

// Format 12 knows all of Unicode, format 4 the Basic Multilingual Plane only.
void FontFile::choose_character_map(ByteView cmap) {
    for (std::size_t i = 0; i < u16(cmap, 2); ++i) {
        const std::size_t at = u32(cmap, 8 + 8 * i);
        const std::uint32_t format = u16(cmap, at);
        if (format != 12 && (format != 4 || wide_map_)) continue;
        cmap_ = cmap.subspan(at);
        wide_map_ = format == 12;
    }
    if (cmap_.empty()) throw Fault("font file without a Unicode character map");
}

std::uint16_t FontFile::mapped(char32_t point) const {
    // Both formats are sorted runs of characters: find the first that ends at or after the point.
    const std::size_t runs = wide_map_ ? u32(cmap_, 12) : u16(cmap_, 6) / 2;
    if (!wide_map_ && point > 0xFFFF) return 0;
    const auto last = [&](std::size_t run) {
        return wide_map_ ? u32(cmap_, 20 + 12 * run) : u16(cmap_, 14 + 2 * run);
    };
    std::size_t low = 0;
    for (std::size_t high = runs; low < high;) {
        const std::size_t middle = (low + high) / 2;
        last(middle) < point ? low = middle + 1 : high = middle;
    }
    if (low == runs) return 0;
    if (wide_map_) {
        const std::uint32_t first = u32(cmap_, 16 + 12 * low);
        return point < first ? 0 : static_cast<std::uint16_t>(u32(cmap_, 24 + 12 * low) + point - first);
    }
    const std::size_t starts = 16 + 2 * runs, deltas = starts + 2 * runs, offsets = deltas + 2 * runs;
    const std::uint32_t first = u16(cmap_, starts + 2 * low), delta = u16(cmap_, deltas + 2 * low);
    if (point < first) return 0;
    const std::uint32_t offset = u16(cmap_, offsets + 2 * low);
    if (offset == 0) return static_cast<std::uint16_t>(point + delta);
    const std::uint32_t found = u16(cmap_, offsets + 2 * low + offset + 2 * (point - first));
    return found == 0 ? 0 : static_cast<std::uint16_t>(found + delta);
}

std::uint16_t FontFile::glyph(char32_t point) const {
    const std::uint16_t found = mapped(point);
    if (found == 0 || found >= glyphs_) return 0;
    return outline(found).empty() && !is_space(point) ? 0 : found;
}

int FontFile::advance(std::uint16_t glyph) const {
    const int at = std::min<int>(glyph, metrics_ - 1);
    return static_cast<int>(u16(hmtx_, 4 * static_cast<std::size_t>(at))) * 1000 / units_;
}

ByteView FontFile::outline(std::uint16_t glyph) const {
    const auto offset = [&](std::size_t i) -> std::size_t {
        return long_loca_ ? u32(loca_, 4 * i) : 2 * std::size_t{u16(loca_, 2 * i)};
    };
    const std::size_t start = offset(glyph), end = offset(std::size_t{glyph} + 1);
    return part(glyf_, start, end < start ? glyf_.size() : end - start);
}

// Width and left bearing; fonts of one width keep the bearings of most glyphs in a list of their own.
ByteView FontFile::metric(std::uint16_t glyph, std::array<std::uint8_t, 4>& held) const {
    if (glyph < metrics_) return part(hmtx_, 4 * std::size_t{glyph}, 4);
    const std::size_t count = static_cast<std::size_t>(metrics_);
    std::ranges::copy(part(hmtx_, 4 * (count - 1), 2), held.begin());
    std::ranges::copy(part(hmtx_, 4 * count + 2 * (glyph - count), 2), held.begin() + 2);
    return held;
}

FontSubset FontFile::subset(std::span<const char32_t> points) const {
    std::vector<std::uint16_t> chosen{0};
    for (char32_t point : points) chosen.push_back(glyph(point));
    std::unordered_map<std::uint16_t, std::size_t> numbers;
    const auto number = [&](std::uint16_t old) {
        const auto [at, added] = numbers.try_emplace(old, chosen.size());
        if (added) chosen.push_back(old);
        return at->second;
    };
    FontSubset out;
    Bytes glyf, loca, hmtx;
    for (std::size_t i = 0; i < chosen.size(); ++i) {  // composed glyphs lengthen `chosen`
        put32(loca, glyf.size());
        const ByteView glyph = outline(chosen[i]);
        if (!glyph.empty())
            i16(glyph, 0) < 0 ? append_composed(glyf, glyph, number) : append_simple(glyf, glyph);
        fill_to_words(glyf);
        std::array<std::uint8_t, 4> held;
        append(hmtx, metric(chosen[i], held));
        out.advances.push_back(advance(chosen[i]));
    }
    put32(loca, glyf.size());
    const auto copied = [&](std::string_view tag) {
        const ByteView whole = table(tag);
        return Bytes(whole.begin(), whole.end());
    };
    Bytes head = copied("head"), hhea = copied("hhea"), maxp = copied("maxp");
    set16(head, 50, 1);  // long offsets
    set16(hhea, 34, chosen.size());
    set16(maxp, 4, chosen.size());
    out.file = font_of({{"glyf", std::move(glyf)},
                        {"head", std::move(head)},
                        {"hhea", std::move(hhea)},
                        {"hmtx", std::move(hmtx)},
                        {"loca", std::move(loca)},
                        {"maxp", std::move(maxp)}});
    return out;
}

}  // namespace wq::render
