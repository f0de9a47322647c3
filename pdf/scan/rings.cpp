#include "pdf/scan/rings.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace wq::scan {
namespace {

constexpr int kMargin = 34;  // mm around the sheet, for middles outside of it
constexpr int kColumns = static_cast<int>(sheet::kWidth) + 2 * kMargin,
              kRows = static_cast<int>(sheet::kHeight) + 2 * kMargin;
constexpr std::size_t kPeaks = 4;
constexpr std::size_t kFew = 60, kEnough = 1200, kEnoughVotes = 5000;
constexpr double kEdge = 2.5;  // mm, where the desk looks in
constexpr int kSectors = 64;
constexpr double kWhole = 0.85, kLeastArc = 0.3, kMostStraight = 0.4;
constexpr double kRingWidth = 1.6;  // mm
constexpr double kBin = 0.5;        // mm of radius
constexpr double kAcross = 0.95;    // cosine between an edge and the way to the middle

// How many edges point to each square millimetre.
class Votes {
  public:
    Votes(const std::vector<Edge>& edges, const RingSearch& search)
        : cells_(kColumns * kRows), search_(search) {
        for (const Edge& edge : edges) cast(edge, 1);
    }

    void take_back(const Edge& edge) { cast(edge, -1); }

    // The strongest cells, none next to another.
    std::vector<sheet::Point> peaks() {
        std::vector<std::pair<int, int>> strong;
        for (int y = 1; y + 1 < kRows; ++y)
            for (int x = 1; x + 1 < kColumns; ++x)
                if (at(x, y) >= kLeastVotes) strong.emplace_back(-around(x, y), y * kColumns + x);
        std::ranges::sort(strong);
        std::vector<sheet::Point> peaks;
        for (const auto& [votes, cell] : strong) {
            const sheet::Point point{cell % kColumns - kMargin + 0.5, cell / kColumns - kMargin + 0.5};
            if (std::ranges::none_of(peaks, [&](const sheet::Point& other) {
                    return std::max(std::abs(point.x - other.x), std::abs(point.y - other.y)) < 4;
                }))
                peaks.push_back(point);
            if (peaks.size() == kPeaks) break;
        }
        return peaks;
    }

  private:
    static constexpr int kLeastVotes = 7;

    int& at(int x, int y) { return cells_[static_cast<std::size_t>(y * kColumns + x)]; }
    int around(int x, int y) {
        int sum = 0;
        for (int dy = -1; dy <= 1; ++dy) sum += at(x - 1, y + dy) + at(x, y + dy) + at(x + 1, y + dy);
        return sum;
    }
    void cast(const Edge& edge, int vote) {
        for (const float way : {-1.f, 1.f})
            for (double radius = search_.least; radius <= search_.most; radius += 0.7) {
                const int x = static_cast<int>(edge.x + way * edge.dx * radius + kMargin),
                          y = static_cast<int>(edge.y + way * edge.dy * radius + kMargin);
                if (x >= 0 && y >= 0 && x < kColumns && y < kRows) at(x, y) += vote;
            }
    }

    std::vector<int> cells_;
    const RingSearch& search_;
};

// Around one middle: at which radius are edges seen in which directions?
class Around {
  public:
    Around(const std::vector<const Edge*>& edges, sheet::Point centre, const RingSearch& search)
        : search_(search) {
        for (const Edge* edge : edges) {
            const float dx = edge->x - static_cast<float>(centre.x),
                        dy = edge->y - static_cast<float>(centre.y), away = std::sqrt(dx * dx + dy * dy);
            const auto bin = static_cast<std::size_t>(away / static_cast<float>(kBin));
            if (bin >= seen_.size() ||
                std::abs(dx * edge->dx + dy * edge->dy) < static_cast<float>(kAcross) * away)
                continue;
            seen_[bin] |= std::uint64_t{1} << sector_of(dx, dy);
            ++counts_[bin];
        }
        // Behind the sheet's edge nothing can be seen.
        for (std::size_t bin = 0; bin < seen_.size(); ++bin)
            inside_[bin] =
                !search.on_sheet ? kSectors : inside(centre, (static_cast<double>(bin) + 0.5) * kBin);
    }

    // The outermost of the radii that are nearly as full as the fullest, where it is emptier around.
    Ring fullest(sheet::Point centre) const {
        double most = 0;
        for (std::size_t bin = first(); bin <= last(); ++bin) most = std::max(most, part(bin) - outside(bin));
        for (std::size_t bin = last(); bin >= first() && most > 0; --bin)
            if (part(bin) - outside(bin) >= 0.85 * most)
                return {centre, outer_edge(bin), part(bin) - outside(bin)};
        return {centre, 0, 0};
    }

    // The longest arc of the outline without a gap of more than three sectors, 0–1: four sides of a frame
    // touch a circle too, here and there.
    double longest_arc(double radius) const {
        const auto bin = static_cast<std::size_t>(radius / kBin);
        const std::uint64_t seen = seen_[bin - 1] | seen_[bin] | seen_[bin + 1];
        int longest = 0, arc = 0, gap = 0;
        for (int i = 0; i < 2 * kSectors && longest < kSectors; ++i) {
            const bool here = seen >> (i % kSectors) & 1;
            gap = here ? 0 : gap + 1;
            arc = gap > 3 ? 0 : arc + 1;
            longest = std::max(longest, arc - gap);
        }
        return static_cast<double>(std::min(longest, kSectors)) / kSectors;
    }

    // The most edges at one distance near that radius.
    int agreeing(double radius) const {
        const auto middle = static_cast<std::size_t>(radius / kBin);
        int most = 0;
        for (std::size_t bin = middle - 5; bin <= middle + 1; ++bin)
            most = std::max(most, counts_[bin] + counts_[bin + 1]);
        return most;
    }

  private:
    std::size_t first() const { return static_cast<std::size_t>(search_.least / kBin); }
    std::size_t last() const { return static_cast<std::size_t>(search_.most / kBin); }
    static int inside(sheet::Point centre, double radius) {
        const double nearest =
            std::min({centre.x, centre.y, sheet::kWidth - centre.x, sheet::kHeight - centre.y}) - kEdge;
        if (radius < nearest) return kSectors;
        int count = 0;
        for (int sector = 0; sector < kSectors; ++sector) {
            const double turn = (sector + 0.5) / kSectors * 2 * std::numbers::pi;
            const double x = centre.x + radius * std::cos(turn), y = centre.y + radius * std::sin(turn);
            count += x > kEdge && y > kEdge && x < sheet::kWidth - kEdge && y < sheet::kHeight - kEdge;
        }
        return count;
    }
    double part(std::size_t bin) const {
        // Half of the outline at least must lie on the sheet.
        const std::uint64_t seen = seen_[bin - 1] | seen_[bin] | seen_[bin + 1];
        return static_cast<double>(std::popcount(seen)) / std::max(inside_[bin], kSectors / 2);
    }

    // Half of what is seen farther out: writing and noise are everywhere.
    double outside(std::size_t bin) const { return std::min(part(bin + 5), part(bin + 8)) / 2; }
    double outer_edge(std::size_t bin) const {
        const int most = std::max(
            {std::popcount(seen_[bin - 1]), std::popcount(seen_[bin]), std::popcount(seen_[bin + 1])});
        std::size_t edge = bin + 1;
        while (edge > bin - 1 && 2 * std::popcount(seen_[edge]) < most) --edge;
        return (static_cast<double>(edge) + 0.5) * kBin;
    }
    static int sector_of(float dx, float dy) {
        // Along the edges of a square instead of a circle: no arc tangent, and nearly as even.
        const float p = dy / (std::abs(dx) + std::abs(dy) + 1e-6f);
        const float turn = dx >= 0 ? 1 + p : 3 - p;  // 0–4
        return static_cast<int>(turn * kSectors / 4) % kSectors;
    }

    RingSearch search_;
    std::array<std::uint64_t, 72> seen_{};
    std::array<int, 72> inside_{}, counts_{};
};

// Every so many are as good as all.
template <class T>
void thin_out(std::vector<T>& many, std::size_t enough) {
    if (many.size() <= enough) return;
    const std::size_t step = many.size() / enough + 1;
    for (std::size_t i = 0; i * step < many.size(); ++i) many[i] = many[i * step];
    many.resize((many.size() + step - 1) / step);
}

// The part of a ring's edges that run one way or square to it: a frame's do, a circle's run all ways.
double straightness(const std::vector<const Edge*>& edges, const Ring& ring) {
    constexpr int kWays = 30;  // of a quarter turn
    std::array<int, kWays> ways{};
    int count = 0;
    for (const Edge* edge : edges) {
        const double dx = edge->x - ring.centre.x, dy = edge->y - ring.centre.y, away = std::hypot(dx, dy);
        if (std::abs(away - ring.radius) > kRingWidth ||
            std::abs(dx * edge->dx + dy * edge->dy) < kAcross * away)
            continue;
        const double turn = std::atan2(edge->dy, edge->dx) / (std::numbers::pi / 2) + 4;
        ++ways[static_cast<std::size_t>(static_cast<int>(turn * kWays) % kWays)];
        ++count;
    }
    int most = 0;
    for (std::size_t i = 0; i < ways.size(); ++i)
        most = std::max(most, ways[i] + ways[(i + 1) % ways.size()] + ways[(i + 2) % ways.size()]);
    return count > 0 ? static_cast<double>(most) / count : 0;
}

// The best middle near where the votes are: first the fullest ring, then the place from where most edges are
// equally far away.
Ring refined(const std::vector<Edge>& edges, sheet::Point peak, const RingSearch& search) {
    std::vector<const Edge*> near;
    for (const Edge& edge : edges)
        if (std::abs(edge.x - peak.x) < search.most + 3 && std::abs(edge.y - peak.y) < search.most + 3)
            near.push_back(&edge);
    thin_out(near, kEnough);
    Ring best;
    for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx) {
            const sheet::Point centre{peak.x + 1.2 * dx, peak.y + 1.2 * dy};
            const Ring ring = Around(near, centre, search).fullest(centre);
            if (ring.part > best.part) best = ring;
        }
    if (best.part < search.part) return best;
    const Ring rough = best;
    int most = 0;
    // First a millimetre from each other, then half of that around the best.
    for (const double step : {1.0, 0.5}) {
        const int reach = step == 1.0 ? 2 : 1;
        const sheet::Point middle = best.centre;
        for (int dy = -reach; dy <= reach; ++dy)
            for (int dx = -reach; dx <= reach; ++dx) {
                const sheet::Point centre{middle.x + step * dx, middle.y + step * dy};
                const Around around(near, centre, search);
                const int agreeing = around.agreeing(rough.radius);
                if (agreeing <= most) continue;
                const Ring ring = around.fullest(centre);
                if (ring.part < 0.8 * rough.part) continue;
                most = agreeing;
                best = ring;
            }
    }
    if (best.part < kWhole && (Around(near, best.centre, search).longest_arc(best.radius) < kLeastArc ||
                               straightness(near, best) > kMostStraight))
        return {};
    return best;
}

}  // namespace

std::vector<Ring> find_rings(std::vector<Edge> edges, const RingSearch& search) {
    std::vector<Ring> rings;
    if (edges.size() < kFew) return rings;
    std::vector<Edge> voters = edges;
    thin_out(voters, kEnoughVotes);
    Votes votes(voters, search);
    while (rings.size() < search.at_once) {
        Ring best;
        for (const sheet::Point& peak : votes.peaks()) {
            if (const Ring ring = refined(edges, peak, search); ring.part > best.part) best = ring;
            if (best.part > kWhole) break;
        }
        if (best.part < search.part) break;
        rings.push_back(best);
        if (rings.size() == search.at_once) break;
        // What is within it is explained.
        const auto is_within = [&](const Edge& edge) {
            return std::hypot(edge.x - best.centre.x, edge.y - best.centre.y) < best.radius + 1.5;
        };
        std::erase_if(edges, is_within);
        std::erase_if(voters, [&](const Edge& edge) {
            if (is_within(edge)) votes.take_back(edge);
            return is_within(edge);
        });
    }
    return rings;
}

}  // namespace wq::scan
