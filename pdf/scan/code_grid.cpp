#include "pdf/scan/code_grid.h"

#include "pdf/scan/mat.h"
#include "pdf/scan/symbol.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

namespace wq::scan {
namespace {

constexpr int kPerModule = 5;       // pixels of the patch
constexpr int kMargin = 6;          // modules around the symbol
constexpr int kKnots = 7;           // of the bent grid, each way
constexpr double kLeastStep = 14;   // of 255, half the step from light to dark
constexpr double kFixedWeight = 3;  // of a module whose colour is known against one that is only plain
constexpr double kStiffness = 0.08;
constexpr double kPatternFit = 0.55;
constexpr int kLeastPart = 40;  // pixels

// The picture's part with the symbol in it, upright, kPerModule pixels for a module, as darkness: 1 dark,
// -1 light by what is around.
cv::Mat_<float> darkness_of(const cv::Mat& grey, const Corners& corners, int side) {
    const auto at = [](double x, double y) {
        return cv::Point2f(static_cast<float>((x + kMargin) * kPerModule - 0.5),
                           static_cast<float>((y + kMargin) * kPerModule - 0.5));
    };
    const std::vector<cv::Point2f> to = {at(0, 0), at(side, 0), at(side, side), at(0, side)};
    std::vector<cv::Point2f> from;
    for (const sheet::Point& corner : corners)
        from.emplace_back(static_cast<float>(corner.x - 0.5), static_cast<float>(corner.y - 0.5));
    const int size = (side + 2 * kMargin) * kPerModule;
    cv::Mat patch, light, dark;
    cv::warpPerspective(grey, patch, cv::getPerspectiveTransform(from, to), {size, size}, cv::INTER_LINEAR,
                        cv::BORDER_REPLICATE);
    cv::GaussianBlur(patch, patch, {}, 0.18 * kPerModule);
    // Levels change slowly: every few pixels are enough.
    cv::Mat small;
    cv::resize(patch, small, {}, 1.0 / kPerModule, 1.0 / kPerModule, cv::INTER_LINEAR);
    cv::dilate(small, light, cv::Mat::ones(9, 9, CV_8U));
    cv::erode(small, dark, cv::Mat::ones(9, 9, CV_8U));
    for (cv::Mat* level : {&light, &dark}) {
        cv::GaussianBlur(*level, *level, {}, 3);
        cv::resize(*level, *level, patch.size());
    }
    cv::Mat_<float> darkness(patch.size());
    for (int y = 0; y < patch.rows; ++y)
        for (int x = 0; x < patch.cols; ++x) {
            const float high = light.at<std::uint8_t>(y, x), low = dark.at<std::uint8_t>(y, x);
            const float half = std::max((high - low) / 2, static_cast<float>(kLeastStep));
            darkness(y, x) = std::clamp(
                ((high + low) / 2 - static_cast<float>(patch.at<std::uint8_t>(y, x))) / half, -1.f, 1.f);
        }
    return darkness;
}

struct Offset {
    float x = 0, y = 0;  // modules
};

// The grid over one patch.
class Grid {
  public:
    Grid(const cv::Mat_<float>& darkness, int side)
        : darkness_(darkness),
          plan_(symbol_plan(version_of(side))),
          side_(side),
          offsets_(static_cast<std::size_t>(side * side)),
          knots_(kKnots * kKnots) {
        reach_.resize(kKnots * kKnots);
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) add_reach(x, y);
    }

    void settle();
    void bend();
    double likeness() const;
    SoftModules measured() const;
    sheet::Point place(double x, double y) const;  // of a module's point, in modules, as it lies

  private:
    struct Reach {
        int module;
        float weight;
    };

    float at(float x, float y) const {  // in modules
        const int column = static_cast<int>((x + kMargin) * kPerModule),
                  row = static_cast<int>((y + kMargin) * kPerModule);
        if (column < 0 || row < 0 || column >= darkness_.cols || row >= darkness_.rows) return 0;
        return darkness_(row, column);
    }
    float value(int module, Offset off) const {
        return at(static_cast<float>(module % side_) + 0.5f + off.x,
                  static_cast<float>(module / side_) + 0.5f + off.y);
    }
    void add_reach(int x, int y);
    double gain(int knot, Offset off) const;
    double tension(int knot, Offset off) const;
    bool improve(int knot, float step);
    void move(int knot, Offset to);
    // A fixed pattern and how far from its place it lies.
    struct Anchor {
        int middle;
        Offset off;
    };
    double pattern_fit(int middle, int reach, Offset off) const;
    std::optional<Anchor> found(int middle, int reach, Offset expected, float range) const;
    cv::Matx23d plane_of(const std::vector<Anchor>& anchors) const;
    Offset expected_at(double x, double y, const cv::Matx23d& plane,
                       const std::vector<Anchor>& anchors) const;
    void spread_knots();

    const cv::Mat_<float>& darkness_;
    const SymbolPlan& plan_;
    int side_;
    std::vector<Offset> offsets_;  // of each module
    std::vector<Offset> knots_;
    std::vector<std::vector<Reach>> reach_;  // of each knot
};

void Grid::add_reach(int x, int y) {
    const double gx = (x + 0.5) / side_ * (kKnots - 1), gy = (y + 0.5) / side_ * (kKnots - 1);
    const int column = std::min(static_cast<int>(gx), kKnots - 2),
              row = std::min(static_cast<int>(gy), kKnots - 2);
    for (int dy : {0, 1})
        for (int dx : {0, 1}) {
            const double weight = (dx ? gx - column : 1 - gx + column) * (dy ? gy - row : 1 - gy + row);
            if (weight > 0.02)
                reach_[static_cast<std::size_t>((row + dy) * kKnots + column + dx)].push_back(
                    {y * side_ + x, static_cast<float>(weight)});
        }
}

double Grid::pattern_fit(int middle, int reach, Offset off) const {
    const int x = middle % side_, y = middle / side_;
    double fit = 0;
    int count = 0;
    for (int dy = -reach; dy <= reach; ++dy)
        for (int dx = -reach; dx <= reach; ++dx) {
            if (x + dx < 0 || y + dy < 0 || x + dx >= side_ || y + dy >= side_) continue;
            const int module = (y + dy) * side_ + x + dx;
            fit += plan_.fixed[static_cast<std::size_t>(module)] * value(module, off);
            ++count;
        }
    return fit / count;
}

// The best place of a pattern around where it is expected; none where nothing like it is there.
std::optional<Grid::Anchor> Grid::found(int middle, int reach, Offset expected, float range) const {
    Anchor best{middle, {}};
    double most = kPatternFit;
    for (float dy = -range; dy <= range; dy += 0.4f)
        for (float dx = -range; dx <= range; dx += 0.4f) {
            const Offset off{expected.x + dx, expected.y + dy};
            const double fit = pattern_fit(middle, reach, off) - 0.06 * std::hypot(dx, dy);
            if (fit > most) most = fit, best.off = off;
        }
    if (most == kPatternFit) return std::nullopt;
    return best;
}

// What the three finders say of the whole plane.
cv::Matx23d Grid::plane_of(const std::vector<Anchor>& anchors) const {
    std::vector<cv::Point2f> from, to;
    for (const Anchor& anchor : anchors) {
        const float x = static_cast<float>(anchor.middle % side_) + 0.5f,
                    y = static_cast<float>(anchor.middle / side_) + 0.5f;
        from.emplace_back(x, y);
        to.emplace_back(x + anchor.off.x, y + anchor.off.y);
    }
    if (anchors.size() == 3) return cv::Matx23d(cv::Mat(cv::getAffineTransform(from, to)));
    cv::Matx23d plane(1, 0, 0, 0, 1, 0);
    for (const Anchor& anchor : anchors) {
        plane(0, 2) += anchor.off.x / static_cast<double>(anchors.size());
        plane(1, 2) += anchor.off.y / static_cast<double>(anchors.size());
    }
    return plane;
}

// From the plane and what the anchors nearby are off it.
Offset Grid::expected_at(double x, double y, const cv::Matx23d& plane,
                         const std::vector<Anchor>& anchors) const {
    const auto on_plane = [&](double px, double py) {
        const cv::Vec2d at = plane * cv::Vec3d(px, py, 1);
        return cv::Point2d(at[0] - px, at[1] - py);
    };
    cv::Point2d off(0, 0);
    double weights = 1e-3;
    for (const Anchor& anchor : anchors) {
        const double ax = anchor.middle % side_ + 0.5, ay = anchor.middle / side_ + 0.5;
        const double away = ((ax - x) * (ax - x) + (ay - y) * (ay - y)) / (side_ * side_);
        const double weight = 1 / (away * away + 1e-4);
        off += weight * (cv::Point2d(anchor.off.x, anchor.off.y) - on_plane(ax, ay));
        weights += weight;
    }
    off = off / weights + on_plane(x, y);
    return {static_cast<float>(off.x), static_cast<float>(off.y)};
}

// By the finders and then the alignment patterns, each looked for where those before it let it be expected.
void Grid::settle() {
    std::vector<Anchor> anchors;
    for (const int middle : {3 * side_ + 3, 3 * side_ + side_ - 4, (side_ - 4) * side_ + 3})
        if (const auto anchor = found(middle, 4, {}, 3.2f)) anchors.push_back(*anchor);
    const cv::Matx23d plane = plane_of(anchors);
    for (const int middle : plan_.alignments)
        if (const auto anchor = found(
                middle, 2, expected_at(middle % side_ + 0.5, middle / side_ + 0.5, plane, anchors), 2.4f))
            anchors.push_back(*anchor);
    for (int i = 0; i < kKnots * kKnots; ++i)
        knots_[static_cast<std::size_t>(i)] = expected_at(
            i % kKnots * side_ / (kKnots - 1.0), i / kKnots * side_ / (kKnots - 1.0), plane, anchors);
    spread_knots();
}

void Grid::spread_knots() {
    std::ranges::fill(offsets_, Offset{});
    for (std::size_t knot = 0; knot < reach_.size(); ++knot)
        for (const Reach& each : reach_[knot]) {
            Offset& off = offsets_[static_cast<std::size_t>(each.module)];
            off.x += each.weight * knots_[knot].x;
            off.y += each.weight * knots_[knot].y;
        }
}

// How plain the modules around are with the knot there: known ones in their colour, others in any.
double Grid::gain(int knot, Offset off) const {
    const Offset now = knots_[static_cast<std::size_t>(knot)];
    const float dx = off.x - now.x, dy = off.y - now.y;
    double sum = 0;
    for (const Reach& each : reach_[static_cast<std::size_t>(knot)]) {
        const Offset& old = offsets_[static_cast<std::size_t>(each.module)];
        const float dark = value(each.module, {old.x + each.weight * dx, old.y + each.weight * dy});
        const int fixed = plan_.fixed[static_cast<std::size_t>(each.module)];
        sum += each.weight * (fixed ? kFixedWeight * fixed * dark : std::abs(dark));
    }
    return sum;
}

double Grid::tension(int knot, Offset off) const {
    double sum = 0;
    const int column = knot % kKnots, row = knot / kKnots;
    const auto pull = [&](int x, int y) {
        if (x < 0 || y < 0 || x >= kKnots || y >= kKnots) return;
        const Offset& other = knots_[static_cast<std::size_t>(y * kKnots + x)];
        const double dx = off.x - other.x, dy = off.y - other.y;
        sum += dx * dx + dy * dy;
    };
    pull(column - 1, row), pull(column + 1, row), pull(column, row - 1), pull(column, row + 1);
    return sum * kStiffness * static_cast<double>(reach_[static_cast<std::size_t>(knot)].size());
}

void Grid::move(int knot, Offset to) {
    Offset& now = knots_[static_cast<std::size_t>(knot)];
    for (const Reach& each : reach_[static_cast<std::size_t>(knot)]) {
        Offset& off = offsets_[static_cast<std::size_t>(each.module)];
        off.x += each.weight * (to.x - now.x);
        off.y += each.weight * (to.y - now.y);
    }
    now = to;
}

bool Grid::improve(int knot, float step) {
    const Offset now = knots_[static_cast<std::size_t>(knot)];
    Offset best = now;
    double most = gain(knot, now) - tension(knot, now) + 1e-6;
    for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx) {
            if (dx == 0 && dy == 0) continue;
            const Offset tried{now.x + static_cast<float>(dx) * step, now.y + static_cast<float>(dy) * step};
            const double value = gain(knot, tried) - tension(knot, tried);
            if (value > most) most = value, best = tried;
        }
    if (best.x == now.x && best.y == now.y) return false;
    move(knot, best);
    return true;
}

void Grid::bend() {
    for (float step : {0.6f, 0.35f, 0.18f})
        for (int round = 0; round < 4; ++round) {
            bool better = false;
            for (int knot = 0; knot < kKnots * kKnots; ++knot) better |= improve(knot, step);
            if (!better) break;
        }
}

double Grid::likeness() const {
    double sum = 0, count = 0;
    for (int module = 0; module < side_ * side_; ++module)
        if (const int fixed = plan_.fixed[static_cast<std::size_t>(module)]) {
            sum += fixed * value(module, offsets_[static_cast<std::size_t>(module)]);
            ++count;
        }
    return sum / count;
}

SoftModules Grid::measured() const {
    SoftModules modules{side_, std::vector<float>(static_cast<std::size_t>(side_ * side_)), likeness()};
    constexpr float kStep = 1.0f / kPerModule;
    for (int module = 0; module < side_ * side_; ++module) {
        const Offset& off = offsets_[static_cast<std::size_t>(module)];
        float sum = 0;
        for (int dy = -1; dy <= 1; ++dy)
            for (int dx = -1; dx <= 1; ++dx)
                sum += value(
                    module, {off.x + static_cast<float>(dx) * kStep, off.y + static_cast<float>(dy) * kStep});
        modules.dark[static_cast<std::size_t>(module)] = sum / 9;
    }
    return modules;
}

sheet::Point Grid::place(double x, double y) const {
    const int knot = (y > side_ / 2.0 ? kKnots - 1 : 0) * kKnots + (x > side_ / 2.0 ? kKnots - 1 : 0);
    const Offset& off = knots_[static_cast<std::size_t>(knot)];
    return {x + off.x, y + off.y};
}

// Blur lets each module shine into its neighbours: how much is learned from the modules themselves, then
// taken away, twice, as the decisions get better.
void sharpen(SoftModules& modules) {
    const SymbolPlan& plan = symbol_plan(version_of(modules.side));
    const int side = modules.side;
    const cv::Mat_<float> seen(side, side, modules.dark.data());
    cv::Mat_<float> now = seen.clone(), decided(side, side);
    for (int round = 0; round < 3; ++round) {
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) {
                const int fixed = plan.fixed[static_cast<std::size_t>(y * side + x)];
                decided(y, x) = fixed ? static_cast<float>(fixed) : std::tanh(2.5f * now(y, x));
            }
        cv::Matx<double, 10, 10> squares = cv::Matx<double, 10, 10>::eye();
        cv::Vec<double, 10> sums;
        for (int y = 1; y + 1 < side; ++y)
            for (int x = 1; x + 1 < side; ++x) {
                cv::Vec<double, 10> row;
                for (int i = 0; i < 9; ++i) row[i] = decided(y + i / 3 - 1, x + i % 3 - 1);
                row[9] = 1;
                for (int i = 0; i < 10; ++i) {
                    sums[i] += row[i] * seen(y, x);
                    for (int j = 0; j < 10; ++j) squares(i, j) += row[i] * row[j];
                }
            }
        const cv::Vec<double, 10> shine = squares.solve(sums, cv::DECOMP_CHOLESKY);
        if (shine[4] < 0.15) return;
        for (int y = 1; y + 1 < side; ++y)
            for (int x = 1; x + 1 < side; ++x) {
                double own = seen(y, x) - shine[9];
                for (int i = 0; i < 9; ++i)
                    if (i != 4) own -= shine[i] * decided(y + i / 3 - 1, x + i % 3 - 1);
                now(y, x) = static_cast<float>(std::clamp(own / shine[4], -1.0, 1.0));
            }
    }
    std::copy(now.begin(), now.end(), modules.dark.begin());
}

double likeness_of(const SoftModules& modules) {
    const SymbolPlan& plan = symbol_plan(version_of(modules.side));
    double sum = 0, count = 0;
    for (std::size_t i = 0; i < plan.fixed.size(); ++i)
        if (plan.fixed[i] != 0) sum += plan.fixed[i] * modules.dark[i], ++count;
    return sum / count;
}

Corners moved(const Corners& corners, const Grid& grid, int side) {
    std::vector<cv::Point2f> from, to, at, there;
    const double far = side;
    for (auto [x, y] : {std::pair(0.0, 0.0), std::pair(far, 0.0), std::pair(far, far), std::pair(0.0, far)}) {
        from.emplace_back(static_cast<float>(x), static_cast<float>(y));
        const sheet::Point point = grid.place(x, y);
        at.emplace_back(static_cast<float>(point.x), static_cast<float>(point.y));
    }
    for (const sheet::Point& corner : corners)
        to.emplace_back(static_cast<float>(corner.x), static_cast<float>(corner.y));
    cv::perspectiveTransform(at, there, cv::getPerspectiveTransform(from, to));
    Corners exact;
    for (std::size_t i = 0; i < 4; ++i) exact[i] = {there[i].x, there[i].y};
    return exact;
}

// A grid of one size, settled.
struct Laid {
    Laid(const cv::Mat& grey, cv::Point origin, GridSize laid_size) : size(std::move(laid_size)) {
        for (sheet::Point& corner : size.corners) corner = {corner.x - origin.x, corner.y - origin.y};
        darkness = std::make_unique<cv::Mat_<float>>(darkness_of(grey, size.corners, size.side));
        grid = std::make_unique<Grid>(*darkness, size.side);
        grid->settle();
        likeness = grid->likeness();
    }

    GridSize size;
    std::unique_ptr<cv::Mat_<float>> darkness;
    std::unique_ptr<Grid> grid;
    double likeness = 0;
};

cv::Rect around(const Corners& corners) {
    double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
    for (const sheet::Point& corner : corners) {
        left = std::min(left, corner.x), right = std::max(right, corner.x);
        top = std::min(top, corner.y), bottom = std::max(bottom, corner.y);
    }
    const double margin = 0.15 * std::max(right - left, bottom - top);
    return {static_cast<int>(left - margin), static_cast<int>(top - margin),
            static_cast<int>(right - left + 2 * margin), static_cast<int>(bottom - top + 2 * margin)};
}

}  // namespace

MeasuredCode measure_code(const cv::Mat& bgr, const std::vector<GridSize>& sizes) {
    const Corners& corners = sizes.front().corners;
    const cv::Rect part = around(corners) & cv::Rect(0, 0, bgr.cols, bgr.rows);
    if (part.width < kLeastPart || part.height < kLeastPart) return {corners, {}};
    const cv::Mat grey = without_colour(bgr(part));
    std::optional<Laid> best;
    for (const GridSize& size : sizes) {
        // Of a wrong size, the timing patterns beat against the grid.
        Laid laid(grey, part.tl(), size);
        if (!best || laid.likeness > best->likeness) best.emplace(std::move(laid));
    }
    best->grid->bend();
    MeasuredCode code{corners, best->grid->measured()};
    sharpen(code.modules);
    code.modules.likeness = likeness_of(code.modules);
    if (code.modules.likeness > kCodeLikeness) {
        code.corners = moved(best->size.corners, *best->grid, best->size.side);
        for (sheet::Point& corner : code.corners) corner = {corner.x + part.x, corner.y + part.y};
    }
    return code;
}

}  // namespace wq::scan
