#include "pdf/scan/straighten.h"

#include "pdf/scan/mat.h"

#include <opencv2/calib3d.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <complex>

namespace wq::scan {
namespace {

constexpr double kSearchPerMm = 4;      // pixels for a millimetre while marks are looked for
constexpr double kMarkReach = 9;        // mm around the expected place
constexpr double kMarkLikeness = 0.65;  // normalised correlation
constexpr double kAskewLikeness = 0.5;  // of a mark that is seen at a scale of its own
constexpr int kMarkWeight = 8;          // of a mark against a code's corner, which is less well known
constexpr double kFlatError = 0.2;      // mm, in the mean, of what may be a flat scan
constexpr double kMostError = 0.7;      // mm, of the codes' corners in the mean
constexpr double kMarkSquare = 6;       // mm, a mark with white around it
constexpr double kWhiteCore = sheet::kMarkSize - 2 * sheet::kMarkRing;

// Alphanumeric characters at level M, versions 1 to 20.
constexpr std::size_t kCapacity[] = {20,  38,  61,  90,  122, 154, 178, 221, 262, 311,
                                     366, 419, 483, 528, 600, 656, 734, 816, 909, 970};

using Points = std::vector<cv::Point2d>;

cv::Matx33d matrix_of(const Placement& placement) { return cv::Matx33d(placement.sheet_to_picture.data()); }

void append_corners(Points& sheet_points, Points& picture_points, const FoundCode& code, sheet::Box box) {
    const sheet::Box symbol = sheet::symbol_in(box, symbol_modules(code.text.size()));
    sheet_points.insert(sheet_points.end(), {{symbol.x, symbol.y},
                                             {symbol.x + symbol.width, symbol.y},
                                             {symbol.x + symbol.width, symbol.y + symbol.height},
                                             {symbol.x, symbol.y + symbol.height}});
    for (const sheet::Point& corner : code.corners) picture_points.emplace_back(corner.x, corner.y);
}

// A mark as it is drawn: a black square ring with a white core on white.
cv::Mat mark_template() {
    constexpr int kFiner = 10;
    const auto px = [](double mm) { return static_cast<int>(std::lround(mm * kSearchPerMm * kFiner)); };
    cv::Mat fine(px(kMarkSquare), px(kMarkSquare), CV_8U, cv::Scalar(255)), mark;
    const auto square = [&](double mm, int grey) {
        const int from = (fine.cols - px(mm)) / 2;
        cv::rectangle(fine, {from, from, px(mm), px(mm)}, cv::Scalar(grey), cv::FILLED);
    };
    square(sheet::kMarkSize, 0);
    square(kWhiteCore, 255);
    cv::resize(fine, mark, {}, 1.0 / kFiner, 1.0 / kFiner, cv::INTER_AREA);
    return mark;
}

// The place of a mark near where it is expected: sheet (mm) by this placement. Only its surroundings are laid
// straight.
std::optional<cv::Point2d> find_mark(const cv::Mat& bgr, const cv::Matx33d& to_picture, sheet::Point expected,
                                     double reach, double least_likeness) {
    static const cv::Mat kMark = mark_template();
    const double half = reach + kMarkSquare / 2;
    const int side = static_cast<int>(2 * half * kSearchPerMm);
    const cv::Matx33d from_window = to_picture * cv::Matx33d(1 / kSearchPerMm, 0, expected.x - half, 0,
                                                             1 / kSearchPerMm, expected.y - half, 0, 0, 1);
    cv::Mat window, likeness;
    cv::warpPerspective(bgr, window, from_window, {side, side}, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                        cv::BORDER_CONSTANT, cv::Scalar::all(255));
    cv::matchTemplate(without_colour(window), kMark, likeness, cv::TM_CCOEFF_NORMED);
    const Match match = best_match(likeness);
    if (match.likeness < least_likeness) return std::nullopt;
    return cv::Point2d(expected.x - half + (match.at.x + kMark.cols / 2.0) / kSearchPerMm,
                       expected.y - half + (match.at.y + kMark.rows / 2.0) / kSearchPerMm);
}

struct Hypothesis {
    Placement placement;
    double error = 1e9;  // mean distance of the code corners, mm
};

Placement placement_of(const cv::Mat& homography) {
    Placement placement;
    std::copy_n(homography.ptr<double>(), 9, placement.sheet_to_picture.begin());
    return placement;
}

std::optional<Placement> fit(const Points& sheet_points, const Points& picture_points) {
    const cv::Mat homography = cv::findHomography(sheet_points, picture_points, 0);
    if (homography.empty()) return std::nullopt;
    const double turn = cv::determinant(homography(cv::Rect(0, 0, 2, 2)));
    if (turn <= 0) return std::nullopt;  // a mirror image is no page
    return placement_of(homography);
}

double mean_error(const Placement& placement, const Points& sheet_points, const Points& picture_points) {
    double sum = 0;
    for (std::size_t i = 0; i < sheet_points.size(); ++i) {
        const sheet::Point at = placement.in_picture({sheet_points[i].x, sheet_points[i].y});
        sum += std::hypot(at.x - picture_points[i].x, at.y - picture_points[i].y);
    }
    return sum / static_cast<double>(sheet_points.size()) / placement.resolution();
}

// As if seen straight from above: what a flat scan is.
Placement flat_fit(const Points& sheet_points, const Points& picture_points) {
    const int count = static_cast<int>(sheet_points.size());
    cv::Mat_<double> from(count, 3), to(count, 2), solved;
    for (int i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        from(i, 0) = sheet_points[at].x, from(i, 1) = sheet_points[at].y, from(i, 2) = 1;
        to(i, 0) = picture_points[at].x, to(i, 1) = picture_points[at].y;
    }
    cv::solve(from, to, solved, cv::DECOMP_SVD);
    Placement placement;
    placement.sheet_to_picture = {
        solved(0, 0), solved(1, 0), solved(2, 0), solved(0, 1), solved(1, 1), solved(2, 1), 0, 0, 1};
    return placement;
}

// What can be a flat scan is taken for one: as a plane in space, a corner without a mark would hang on a
// code's few millimetres.
std::optional<Placement> steady_fit(const Points& sheet_points, const Points& picture_points) {
    const Placement flat = flat_fit(sheet_points, picture_points);
    if (mean_error(flat, sheet_points, picture_points) < kFlatError) return flat;
    return fit(sheet_points, picture_points);
}

// The ways to begin: as a plane in space, and as a flat scan, which reaches farther from a single code.
std::vector<Placement> rough_fits(const Points& sheet_points, const Points& picture_points) {
    std::vector<Placement> fits;
    if (const auto plane = fit(sheet_points, picture_points)) fits.push_back(*plane);
    const cv::Mat flat = cv::estimateAffinePartial2D(sheet_points, picture_points);
    if (flat.empty() || sheet_points.size() > 4) return fits;
    cv::Mat whole = cv::Mat::eye(3, 3, CV_64F);
    flat.copyTo(whole(cv::Rect(0, 0, 3, 2)));
    fits.push_back(placement_of(whole));
    return fits;
}

// Adds the marks that are where this placement expects them, and fits again.
Placement with_marks(const cv::Mat& bgr, Placement placement, Points sheet_points, Points picture_points,
                     double reach = kMarkReach, double likeness = kMarkLikeness) {
    const cv::Matx33d to_picture = matrix_of(placement);
    int marks = 0;
    for (const sheet::Point& expected : sheet::kMarks) {
        const auto found = find_mark(bgr, to_picture, expected, reach, likeness);
        if (!found) continue;
        ++marks;
        const cv::Vec3d at = to_picture * cv::Vec3d(found->x, found->y, 1);
        sheet_points.insert(sheet_points.end(), kMarkWeight, {expected.x, expected.y});
        picture_points.insert(picture_points.end(), kMarkWeight, {at[0] / at[2], at[1] / at[2]});
    }
    Placement refined = marks > 0 ? steady_fit(sheet_points, picture_points).value_or(placement) : placement;
    refined.marks = marks;
    return refined;
}

// Each code in one of the two boxes: all ways that use no box twice.
std::vector<std::vector<sheet::Box>> ways(std::size_t codes) {
    const sheet::Box upper = sheet::kUpperCode, lower = sheet::kLowerCode;
    if (codes == 1) return {{upper}, {lower}};
    return {{upper, lower}, {lower, upper}};
}

}  // namespace

int symbol_modules(std::size_t length) {
    for (std::size_t version = 1; version <= std::size(kCapacity); ++version)
        if (length <= kCapacity[version - 1]) return static_cast<int>(17 + 4 * version);
    return 17 + 4 * 21;
}

sheet::Point Placement::in_picture(sheet::Point mm) const {
    const cv::Vec3d at = matrix_of(*this) * cv::Vec3d(mm.x, mm.y, 1);
    return {at[0] / at[2], at[1] / at[2]};
}

sheet::Point Placement::on_sheet(sheet::Point pixel) const {
    const cv::Vec3d at = matrix_of(*this).inv() * cv::Vec3d(pixel.x, pixel.y, 1);
    return {at[0] / at[2], at[1] / at[2]};
}

double Placement::resolution() const {
    const sheet::Point a = in_picture({100, 148}), b = in_picture({110, 148}), c = in_picture({100, 158});
    return (std::hypot(b.x - a.x, b.y - a.y) + std::hypot(c.x - a.x, c.y - a.y)) / 20;
}

std::optional<Placement> place_page(const Picture& picture, const std::vector<FoundCode>& codes) {
    if (codes.empty()) return std::nullopt;
    const cv::Mat bgr = view_of(picture);
    const std::size_t used = std::min<std::size_t>(codes.size(), 2);
    Hypothesis best;
    for (const auto& boxes : ways(used)) {
        Points sheet_points, picture_points;
        for (std::size_t i = 0; i < used; ++i)
            append_corners(sheet_points, picture_points, codes[i], boxes[i]);
        for (const Placement& rough : rough_fits(sheet_points, picture_points)) {
            Placement placement = with_marks(bgr, rough, sheet_points, picture_points);
            // Once more from the better start, so that far marks come within reach.
            if (placement.marks > 0 && placement.marks < 3)
                placement = with_marks(bgr, placement, sheet_points, picture_points);
            placement.codes = static_cast<int>(used);
            const double error = mean_error(placement, sheet_points, picture_points);
            // In the wrong box, what looks like a mark pulls the code off its place.
            if (error > kMostError) continue;
            if (placement.marks > best.placement.marks ||
                (placement.marks == best.placement.marks && error < best.error))
                best = {placement, error};
        }
    }
    if (best.error > kMostError) return std::nullopt;
    return best.placement;
}

double placement_error(const Placement& placement, const FoundCode& code) {
    double least = 1e9;
    for (const sheet::Box& box : {sheet::kUpperCode, sheet::kLowerCode}) {
        Points sheet_points, picture_points;
        append_corners(sheet_points, picture_points, code, box);
        least = std::min(least, mean_error(placement, sheet_points, picture_points));
    }
    return least;
}

std::optional<Placement> place_by_marks(const Picture& picture, sheet::Point upper, sheet::Point lower,
                                        double reach) {
    const sheet::Point a = sheet::kUpperCode.centre(), b = sheet::kLowerCode.centre();
    // From two points as seen straight from above; then twice by the marks, the second time in space.
    const std::complex<double> on_sheet(b.x - a.x, b.y - a.y),
        in_picture(lower.x - upper.x, lower.y - upper.y);
    const std::complex<double> turn = in_picture / on_sheet;
    Placement placement;
    placement.sheet_to_picture = {turn.real(),
                                  -turn.imag(),
                                  upper.x - turn.real() * a.x + turn.imag() * a.y,
                                  turn.imag(),
                                  turn.real(),
                                  upper.y - turn.imag() * a.x - turn.real() * a.y,
                                  0,
                                  0,
                                  1};
    const Points sheet_points = {{a.x, a.y}, {b.x, b.y}},
                 picture_points = {{upper.x, upper.y}, {lower.x, lower.y}};
    placement = with_marks(view_of(picture), placement, sheet_points, picture_points, reach, kAskewLikeness);
    for (int round = 0; round < 2 && placement.marks > 0; ++round)
        placement = with_marks(view_of(picture), placement, sheet_points, picture_points);
    if (placement.marks < 2) return std::nullopt;
    return placement;
}

Picture upright_page(const Picture& picture, const Placement& placement, double dpi) {
    const double per_mm = dpi / 25.4;
    cv::Matx33d to_picture = matrix_of(placement) * cv::Matx33d(1 / per_mm, 0, 0, 0, 1 / per_mm, 0, 0, 0, 1);
    const cv::Size size(static_cast<int>(std::lround(sheet::kWidth * per_mm)),
                        static_cast<int>(std::lround(sheet::kHeight * per_mm)));
    // Straight from a picture of twice the resolution, thin strokes would fall between the samples.
    const int shrink = static_cast<int>(placement.resolution() / per_mm + 0.25);
    cv::Mat source = view_of(picture);
    if (shrink > 1) {
        cv::resize(source, source, {source.cols / shrink, source.rows / shrink}, 0, 0, cv::INTER_AREA);
        to_picture =
            cv::Matx33d(1.0 / shrink, 0, 0.5 / shrink - 0.5, 0, 1.0 / shrink, 0.5 / shrink - 0.5, 0, 0, 1) *
            to_picture;
    }
    Picture page{size.width, size.height, Bytes(static_cast<std::size_t>(size.area()) * 3)};
    const cv::Mat to = view_of(page);
    constexpr int kHow = cv::INTER_LINEAR | cv::WARP_INVERSE_MAP;
    if (to_picture(2, 0) == 0 && to_picture(2, 1) == 0)
        cv::warpAffine(source, to, to_picture.get_minor<2, 3>(0, 0), size, kHow, cv::BORDER_CONSTANT,
                       cv::Scalar::all(255));
    else
        cv::warpPerspective(source, to, to_picture, size, kHow, cv::BORDER_CONSTANT, cv::Scalar::all(255));
    return page;
}

}  // namespace wq::scan
