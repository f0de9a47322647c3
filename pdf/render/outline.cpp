#include "pdf/render/outline.h"

#include "pdf/render/big_endian.h"

#include <algorithm>
#include <cmath>

namespace wq::render {
namespace {

// Flags of a point.
constexpr std::uint8_t kOnCurve = 1, kShortX = 2, kShortY = 4, kRepeat = 8, kSameX = 16, kSameY = 32;
// Flags of a component of a composed glyph.
constexpr std::uint32_t kWords = 1, kOffsets = 2, kScale = 8, kMore = 0x20, kTwoScales = 0x40,
                        kFourScales = 0x80;
constexpr std::size_t kHead = 10;
constexpr int kDeepest = 8;

// The coordinates of one axis follow each other as differences.
class Axis {
  public:
    Axis(ByteView bytes, std::size_t at, std::uint8_t is_short, std::uint8_t same)
        : bytes_(bytes), at_(at), short_(is_short), same_(same) {}

    int next(std::uint8_t flags) {
        if (flags & short_) {
            const int step = part(bytes_, at_++, 1)[0];
            value_ += flags & same_ ? step : -step;
        } else if (!(flags & same_)) {
            value_ += i16(bytes_, at_);
            at_ += 2;
        }
        return value_;
    }
    std::size_t at() const { return at_; }

  private:
    ByteView bytes_;
    std::size_t at_;
    std::uint8_t short_, same_;
    int value_ = 0;
};

std::vector<std::uint8_t> read_flags(ByteView glyph, std::size_t& at, std::size_t count) {
    std::vector<std::uint8_t> flags;
    flags.reserve(count);
    while (flags.size() < count) {
        const std::uint8_t flag = part(glyph, at++, 1)[0];
        const std::size_t times = flag & kRepeat ? 1 + part(glyph, at++, 1)[0] : 1;
        flags.insert(flags.end(), std::min(times, count - flags.size()), flag);
    }
    return flags;
}

std::vector<Contour> read_simple(ByteView glyph) {
    const auto count = static_cast<std::size_t>(i16(glyph, 0));
    if (count == 0) return {};
    const std::size_t ends = kHead + 2 * count;
    const std::size_t points = u16(glyph, ends - 2) + 1;
    std::size_t at = ends + 2 + u16(glyph, ends);  // the instructions are skipped
    const auto flags = read_flags(glyph, at, points);
    std::vector<OutlinePoint> all(points);
    Axis x(glyph, at, kShortX, kSameX);
    for (std::size_t i = 0; i < points; ++i) all[i].x = x.next(flags[i]);
    Axis y(glyph, x.at(), kShortY, kSameY);
    for (std::size_t i = 0; i < points; ++i)
        all[i].y = y.next(flags[i]), all[i].on_curve = flags[i] & kOnCurve;
    std::vector<Contour> contours;
    for (std::size_t i = 0, first = 0; i < count; ++i) {
        const std::size_t next = u16(glyph, kHead + 2 * i) + 1;
        if (next < first || next > points) throw Fault("damaged font file");
        contours.emplace_back(all.begin() + static_cast<std::ptrdiff_t>(first),
                              all.begin() + static_cast<std::ptrdiff_t>(next));
        first = next;
    }
    return contours;
}

const OutlinePoint& point_at(const std::vector<Contour>& contours, std::size_t index) {
    for (const Contour& contour : contours) {
        if (index < contour.size()) return contour[index];
        index -= contour.size();
    }
    throw Fault("damaged font file");
}

// One part of a composed glyph: where it stands, turned and stretched how.
struct Component {
    std::uint32_t flags, glyph;
    int first, second;  // offsets, or numbers of points that meet
    double xx = 1, xy = 0, yx = 0, yy = 1;
    std::size_t next;

    Component(ByteView bytes, std::size_t at) : flags(u16(bytes, at)), glyph(u16(bytes, at + 2)) {
        at += 4;
        const auto byte = [&](std::size_t i) { return part(bytes, at + i, 1)[0]; };
        const bool offsets = flags & kOffsets;
        if (flags & kWords) {
            first = offsets ? i16(bytes, at) : static_cast<int>(u16(bytes, at));
            second = offsets ? i16(bytes, at + 2) : static_cast<int>(u16(bytes, at + 2));
            at += 4;
        } else {
            first = offsets ? static_cast<std::int8_t>(byte(0)) : byte(0);
            second = offsets ? static_cast<std::int8_t>(byte(1)) : byte(1);
            at += 2;
        }
        const auto fraction = [&] { return i16(bytes, (at += 2) - 2) / 16384.0; };
        if (flags & kScale)
            xx = yy = fraction();
        else if (flags & kTwoScales)
            xx = fraction(), yy = fraction();
        else if (flags & kFourScales)
            xx = fraction(), xy = fraction(), yx = fraction(), yy = fraction();
        next = at;
    }
};

std::vector<Contour> read_any(const GlyphBytes& bytes, std::uint16_t glyph, int depth);

std::vector<Contour> read_composed(const GlyphBytes& bytes, ByteView glyph, int depth) {
    std::vector<Contour> whole;
    for (std::size_t at = kHead;;) {
        const Component it(glyph, at);
        auto piece = read_any(bytes, static_cast<std::uint16_t>(it.glyph), depth + 1);
        for (Contour& contour : piece)
            for (OutlinePoint& p : contour)
                p = {p.x * it.xx + p.y * it.yx, p.x * it.xy + p.y * it.yy, p.on_curve};
        double dx = it.first, dy = it.second;
        if (!(it.flags & kOffsets)) {
            const OutlinePoint &to = point_at(whole, static_cast<std::size_t>(it.first)),
                               &from = point_at(piece, static_cast<std::size_t>(it.second));
            dx = to.x - from.x, dy = to.y - from.y;
        }
        for (Contour& contour : piece) {
            for (OutlinePoint& p : contour) p.x += dx, p.y += dy;
            whole.push_back(std::move(contour));
        }
        if (!(it.flags & kMore)) return whole;
        at = it.next;
    }
}

std::vector<Contour> read_any(const GlyphBytes& bytes, std::uint16_t glyph, int depth) {
    if (depth > kDeepest) throw Fault("damaged font file");
    const ByteView it = bytes(glyph);
    if (it.empty()) return {};
    return i16(it, 0) < 0 ? read_composed(bytes, it, depth) : read_simple(it);
}

// True if the curve is the same without `p`: it repeats its neighbour, lies on the straight line between
// two corners, or half-way between two control points, where one is understood.
bool says_nothing(const OutlinePoint& before, const OutlinePoint& p, const OutlinePoint& after) {
    if (!p.on_curve) return false;
    if (before.on_curve && p.x == before.x && p.y == before.y) return true;
    if (!before.on_curve && !after.on_curve)
        return std::abs(2 * p.x - before.x - after.x) <= 1 && std::abs(2 * p.y - before.y - after.y) <= 1;
    if (!before.on_curve || !after.on_curve) return false;
    const double ax = p.x - before.x, ay = p.y - before.y, bx = after.x - p.x, by = after.y - p.y;
    return ax * by == ay * bx && ax * bx + ay * by >= 0;
}

void leave_out_idle_points(Contour& contour) {
    for (std::size_t i = 0; i < contour.size() && contour.size() > 2;) {
        const std::size_t last = contour.size() - 1;
        const OutlinePoint &before = contour[i == 0 ? last : i - 1], &after = contour[i == last ? 0 : i + 1];
        if (says_nothing(before, contour[i], after))
            contour.erase(contour.begin() + static_cast<std::ptrdiff_t>(i));
        else
            ++i;
    }
}

// Differences of one axis and the flags that tell how they are written.
void put_step(Bytes& to, std::uint8_t& flag, int step, std::uint8_t is_short, std::uint8_t same) {
    if (step == 0) {
        flag |= same;
    } else if (std::abs(step) < 256) {
        flag |= is_short;
        if (step > 0) flag |= same;
        to.push_back(static_cast<std::uint8_t>(std::abs(step)));
    } else {
        put16(to, static_cast<std::uint16_t>(step));
    }
}

void put_flags(Bytes& to, const std::vector<std::uint8_t>& flags) {
    for (std::size_t i = 0; i < flags.size();) {
        std::size_t next = i + 1;
        while (next < flags.size() && flags[next] == flags[i] && next - i < 256) ++next;
        if (next - i > 2) {
            to.push_back(flags[i] | kRepeat);
            to.push_back(static_cast<std::uint8_t>(next - i - 1));
        } else {
            to.insert(to.end(), next - i, flags[i]);
        }
        i = next;
    }
}

}  // namespace

std::vector<Contour> read_outline(const GlyphBytes& bytes, std::uint16_t glyph) {
    return read_any(bytes, glyph, 0);
}

std::vector<Contour> on_grid(std::vector<Contour> contours, double scale, int step) {
    const auto rounded = [=](double value) { return step * std::round(value * scale / step); };
    for (Contour& contour : contours) {
        for (OutlinePoint& p : contour) p = {rounded(p.x), rounded(p.y), p.on_curve};
        leave_out_idle_points(contour);
    }
    std::erase_if(contours, [](const Contour& contour) { return contour.size() < 2; });
    return contours;
}

WrittenOutline write_outline(const std::vector<Contour>& contours) {
    WrittenOutline out;
    if (contours.empty()) return out;
    Bytes ends, xs, ys;
    std::vector<std::uint8_t> flags;
    int x = 0, y = 0, left = INT16_MAX, right = INT16_MIN, low = INT16_MAX, high = INT16_MIN;
    for (const Contour& contour : contours) {
        for (const OutlinePoint& p : contour) {
            const int to_x = static_cast<int>(p.x), to_y = static_cast<int>(p.y);
            std::uint8_t& flag = flags.emplace_back(p.on_curve ? kOnCurve : std::uint8_t{0});
            put_step(xs, flag, to_x - x, kShortX, kSameX);
            put_step(ys, flag, to_y - y, kShortY, kSameY);
            x = to_x, y = to_y;
            left = std::min(left, x), right = std::max(right, x), low = std::min(low, y),
            high = std::max(high, y);
        }
        put16(ends, flags.size() - 1);
    }
    put16(out.bytes, contours.size());
    for (int side : {left, low, right, high}) put16(out.bytes, static_cast<std::uint16_t>(side));
    append(out.bytes, ends);
    put16(out.bytes, 0);
    put_flags(out.bytes, flags);
    append(out.bytes, xs);
    append(out.bytes, ys);
    out.bytes.resize((out.bytes.size() + 3) & ~std::size_t{3});
    out.checksum = checksum(out.bytes);
    out.box = {left, low, right, high};
    out.points = flags.size();
    out.contours = contours.size();
    return out;
}

}  // namespace wq::render
