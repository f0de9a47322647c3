#include "pdf/render/font_file.h"

#include "data/base/result.h"
#include "pdf/render/big_endian.h"
#include "pdf/render/outline.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

namespace wq::render {
namespace {

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

bool is_space(char32_t point) {
    return point == ' ' || point == 0xA0 || (point >= 0x2000 && point <= 0x200A) || point == 0x3000;
}

}  // namespace

FontFile::FontFile(const std::filesystem::path& file, const FontOrigin& origin)
    : name_(origin.name), step_(origin.step), file_(mapped_file(file, origin.package)) {
    std::error_code unknown;
    const auto changed = std::filesystem::last_write_time(file, unknown).time_since_epoch().count();
    stamp_ = name_ + " " + std::to_string(file_->size()) + " " + std::to_string(changed) + " " +
             std::to_string(step_);
    try {
        if (text_of(part(*file_, 0, 4)) == "ttcf")
            directory_ = u32(*file_, 12 + 4 * std::size_t(origin.index));
        const ByteView head = table("head"), hhea = table("hhea");
        glyf_ = table("glyf"), loca_ = table("loca"), hmtx_ = table("hmtx");
        units_ = std::max(1, static_cast<int>(u16(head, 18)));
        long_loca_ = u16(head, 50) != 0;
        glyphs_ = static_cast<int>(u16(table("maxp"), 4));
        metrics_ = std::max(1, static_cast<int>(u16(hhea, 34)));
        choose_character_map(table("cmap"));
        written_ = decltype(written_)(static_cast<std::size_t>(glyphs_));
    } catch (const Fault& fault) {
        throw Fault(std::string(fault.what()) + ": " + file.string() + "; install the Debian package " +
                    std::string(origin.package) + " again");
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

int FontFile::advance_in_units(std::uint16_t glyph) const {
    const int at = std::min<int>(glyph, metrics_ - 1);
    return static_cast<int>(u16(hmtx_, 4 * static_cast<std::size_t>(at)));
}

int FontFile::advance(std::uint16_t glyph) const { return advance_in_units(glyph) * 1000 / units_; }

ByteView FontFile::outline(std::uint16_t glyph) const {
    const auto offset = [&](std::size_t i) -> std::size_t {
        return long_loca_ ? u32(loca_, 4 * i) : 2 * std::size_t{u16(loca_, 2 * i)};
    };
    const std::size_t start = offset(glyph), end = offset(std::size_t{glyph} + 1);
    return part(glyf_, start, end < start ? glyf_.size() : end - start);
}

// Width and left bearing; fonts of one width keep the bearings of most glyphs in a list of their own.
int FontFile::bearing(std::uint16_t glyph) const {
    if (glyph < metrics_) return i16(hmtx_, 4 * std::size_t{glyph} + 2);
    const std::size_t count = static_cast<std::size_t>(metrics_);
    return i16(hmtx_, 4 * count + 2 * (glyph - count));
}

FontFile::~FontFile() {
    for (const auto& glyph : written_) delete glyph.load();
}

// Where two threads write a glyph at a time, one of the two is thrown away.
const WrittenGlyph& FontFile::written(std::uint16_t glyph) const {
    auto& kept = written_[glyph];
    if (const WrittenGlyph* ready = kept.load(std::memory_order_acquire)) return *ready;
    auto contours = read_outline([this](std::uint16_t part) { return outline(part); }, glyph);
    if (!contours.empty()) {
        const int shift = bearing(glyph) - i16(outline(glyph), 2);
        for (Contour& contour : contours)
            for (OutlinePoint& point : contour) point.x += shift;
    }
    const double scale = static_cast<double>(kSubsetEm) / units_;
    auto made = std::make_unique<WrittenGlyph>();
    made->outline = write_outline(on_grid(std::move(contours), scale, step_));
    made->bits = coded(made->outline.bytes);
    made->width = static_cast<int>(std::lround(advance_in_units(glyph) * scale));
    made->advance = advance(glyph);
    const WrittenGlyph* other = nullptr;
    if (kept.compare_exchange_strong(other, made.get(), std::memory_order_acq_rel)) return *made.release();
    return *other;
}

}  // namespace wq::render
