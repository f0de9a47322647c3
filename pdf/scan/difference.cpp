#include "pdf/scan/difference.h"

#include "pdf/scan/mat.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <map>

namespace wq::scan {
namespace {

constexpr double kPerMm = kCompareDpi / 25.4;
constexpr int kBlock = 96;               // pixels, 12 mm: within one the paper is flat
constexpr int kReach = 9;                // pixels that a block may have moved
constexpr double kLeastLikeness = 0.35;  // below: nothing to align by
constexpr double kLeastTexture = 12;     // mean slope, of each direction
constexpr double kFineStep = 0.6;        // pixels
constexpr int kFineWindow = 25;          // pixels, some letters' size
constexpr double kStroke = 1.2;          // pixels, half a pen's stroke
constexpr double kChanged = 0.3;         // residue that is a change

// Paper white, ink dark, coloured ink gone.
cv::Mat normal_page(const cv::Mat& bgr) {
    const cv::Mat grey = without_colour(bgr);
    cv::Mat small, paper, flat;
    cv::resize(grey, small, {}, 0.125, 0.125, cv::INTER_AREA);
    cv::dilate(small, small, cv::Mat::ones(7, 7, CV_8U));
    cv::GaussianBlur(small, small, {}, 3);
    cv::resize(small, paper, grey.size());
    cv::divide(grey, paper, flat, 255);
    cv::GaussianBlur(flat, flat, {}, 0.6);
    return flat;
}

// 1 where black, 0 where white.
cv::Mat_<float> ink_of(const cv::Mat& page) {
    cv::Mat_<float> ink;
    page.convertTo(ink, CV_32F, -1.0 / 255, 1);
    return ink;
}

void put_out(cv::Mat& mask, const sheet::Box& box, double margin) {
    const cv::Rect rect(static_cast<int>((box.x - margin) * kPerMm),
                        static_cast<int>((box.y - margin) * kPerMm),
                        static_cast<int>((box.width + 2 * margin) * kPerMm),
                        static_cast<int>((box.height + 2 * margin) * kPerMm));
    mask(rect & cv::Rect(0, 0, mask.cols, mask.rows)).setTo(0);
}

// Where the issued page may be compared: not in the places for ink, not in the codes (their signature says
// more) nor the corner marks (the page was straightened by them), not at the sheet's edge.
cv::Mat compared(const cv::Size& size, const std::vector<sheet::Box>& expected) {
    cv::Mat mask(size, CV_8U, cv::Scalar(0));
    const int edge = static_cast<int>(5 * kPerMm);
    mask(cv::Rect(edge, edge, size.width - 2 * edge, size.height - 2 * edge)).setTo(255);
    for (const sheet::Box& box : {sheet::kUpperCode, sheet::kLowerCode}) put_out(mask, box, 0);
    for (const sheet::Point& mark : sheet::kMarks) put_out(mask, {mark.x, mark.y, 0, 0}, sheet::kMarkSize);
    for (const sheet::Box& box : expected) put_out(mask, box, 1.5);
    return mask;
}

// How far a block of the issued page lies from its place on the scan; nothing where little is printed.
std::optional<cv::Point2f> shift_of(const cv::Mat& scan, const cv::Mat& issued, const cv::Rect& block) {
    const cv::Rect wide(block.x - kReach, block.y - kReach, block.width + 2 * kReach,
                        block.height + 2 * kReach);
    if ((wide & cv::Rect(0, 0, scan.cols, scan.rows)) != wide) return std::nullopt;
    // A lone line fits anywhere along itself: there must be edges of both directions.
    cv::Mat dx, dy;
    cv::Sobel(issued(block), dx, CV_16S, 1, 0);
    cv::Sobel(issued(block), dy, CV_16S, 0, 1);
    const double area = static_cast<double>(block.area());
    if (std::min(cv::norm(dx, cv::NORM_L1), cv::norm(dy, cv::NORM_L1)) / area < kLeastTexture)
        return std::nullopt;
    cv::Mat likeness;
    cv::matchTemplate(scan(wide), issued(block), likeness, cv::TM_CCOEFF_NORMED);
    const Match match = best_match(likeness);
    if (match.likeness < kLeastLikeness) return std::nullopt;
    return cv::Point2f(match.at) - cv::Point2f(kReach, kReach);
}

cv::Point2f median_of(std::vector<cv::Point2f> shifts) {
    if (shifts.empty()) return {};
    const auto middle = [&](auto member) {
        std::ranges::sort(shifts, {}, member);
        return shifts[shifts.size() / 2].*member;
    };
    return {middle(&cv::Point2f::x), middle(&cv::Point2f::y)};
}

// The shifts of all blocks; one of its own mind (repeated lines fit in several places) and one with nothing
// to align by follow their neighbours.
cv::Mat_<cv::Vec2f> shifts_of(const cv::Mat& scan, const cv::Mat& issued) {
    const int columns = (scan.cols + kBlock - 1) / kBlock, rows = (scan.rows + kBlock - 1) / kBlock;
    std::map<std::pair<int, int>, cv::Point2f> known;
    std::vector<cv::Point2f> all;
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const cv::Rect block = cv::Rect(column * kBlock, row * kBlock, kBlock, kBlock) &
                                   cv::Rect(0, 0, scan.cols, scan.rows);
            if (const auto shift = shift_of(scan, issued, block)) {
                known[{row, column}] = *shift;
                all.push_back(*shift);
            }
        }
    const cv::Point2f usual = median_of(all);
    cv::Mat_<cv::Vec2f> shifts(rows, columns);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            std::vector<cv::Point2f> near;
            for (int r = row - 2; r <= row + 2; ++r)
                for (int c = column - 2; c <= column + 2; ++c)
                    if (const auto at = known.find({r, c}); at != known.end()) near.push_back(at->second);
            const auto own = known.find({row, column});
            cv::Point2f shift = near.empty() ? usual : median_of(near);
            if (own != known.end() && cv::norm(own->second - shift) <= 2) shift = own->second;
            shifts(row, column) = {shift.x, shift.y};
        }
    return shifts;
}

// The issued page laid over the scan, bent from block to block as the scan is.
cv::Mat fitted(const cv::Mat& scan, const cv::Mat& issued) {
    const cv::Mat_<cv::Vec2f> shifts = shifts_of(scan, issued);
    cv::Mat_<cv::Vec2f> field(scan.size());
    const cv::Mat_<double> to_blocks =
        (cv::Mat_<double>(2, 3) << 1.0 / kBlock, 0, -0.5, 0, 1.0 / kBlock, -0.5);
    cv::warpAffine(shifts, field, to_blocks, scan.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                   cv::BORDER_REPLICATE);
    for (int y = 0; y < field.rows; ++y)
        for (int x = 0; x < field.cols; ++x)
            field(y, x) = {static_cast<float>(x) - field(y, x)[0], static_cast<float>(y) - field(y, x)[1]};
    cv::Mat laid;
    cv::remap(issued, laid, field, cv::noArray(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(255));
    return laid;
}

// The issued page as this scan shows pages: as soft and as pale.
cv::Mat_<float> expected_ink(const cv::Mat_<float>& scan, const cv::Mat_<float>& laid) {
    cv::Mat_<float> best;
    double least = 1e300;
    for (double softness : {0.0, 0.5, 0.8, 1.1, 1.5, 2.0, 2.6}) {
        cv::Mat_<float> soft = laid;
        if (softness > 0) cv::GaussianBlur(laid, soft, {}, softness);
        const double gain = scan.dot(soft) / std::max(1.0, soft.dot(soft));
        const cv::Mat_<float> tried = soft * gain;
        const double off = cv::norm(scan, tried, cv::NORM_L1);
        if (off < least) {
            least = off;
            best = tried;
        }
    }
    return best;
}

// Of a pixel and its neighbours, for a shift of -1, 0 or 1 fine steps.
cv::Mat_<float> weights(int steps) {
    const auto step = static_cast<float>(kFineStep);
    return (cv::Mat_<float>(1, 3) << (steps > 0 ? step : 0), steps == 0 ? 1 : 1 - step,
            (steps < 0 ? step : 0));
}

// Ink on the scan less the ink that was to be expected, 1 for black on white; what a pixel's shift explains
// does not count, and neither does what is finer than a pen's stroke.
cv::Mat_<float> residue_of(const cv::Mat_<float>& scan, const cv::Mat_<float>& expected) {
    cv::Mat_<float> residue(scan.size(), 0.f), least(scan.size(), 1e30f), moved, off, energy;
    for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx) {
            cv::sepFilter2D(expected, moved, -1, weights(dx), weights(dy));
            cv::subtract(scan, moved, off);
            cv::multiply(off, off, energy);
            cv::boxFilter(energy, energy, -1, {kFineWindow, kFineWindow});
            const cv::Mat better = energy < least;
            off.copyTo(residue, better);
            energy.copyTo(least, better);
        }
    cv::GaussianBlur(residue, residue, {}, kStroke);
    return residue;
}

void append_changes(std::vector<Change>& changes, const cv::Mat& where, Change::What what) {
    cv::Mat joined, labels, stats, centres;
    cv::morphologyEx(where, joined, cv::MORPH_CLOSE, cv::Mat::ones(9, 9, CV_8U));
    const int count = cv::connectedComponentsWithStats(joined, labels, stats, centres);
    for (int i = 1; i < count; ++i) {
        const auto side = [&](int which) { return stats.at<int>(i, which) / kPerMm; };
        changes.push_back({{side(cv::CC_STAT_LEFT), side(cv::CC_STAT_TOP), side(cv::CC_STAT_WIDTH),
                            side(cv::CC_STAT_HEIGHT)},
                           what});
    }
}

}  // namespace

std::vector<Change> find_changes(const Picture& upright, const Picture& issued,
                                 const std::vector<sheet::Box>& expected) {
    const cv::Mat scan = normal_page(view_of(upright));
    cv::Mat original = normal_page(view_of(issued));
    if (original.size() != scan.size()) cv::resize(original, original, scan.size());
    const cv::Mat_<float> ink = ink_of(scan);
    const cv::Mat_<float> residue = residue_of(ink, expected_ink(ink, ink_of(fitted(scan, original))));
    const cv::Mat mask = compared(scan.size(), expected);
    std::vector<Change> changes;
    append_changes(changes, (residue > kChanged) & mask, Change::What::added);
    append_changes(changes, (residue < -kChanged) & mask, Change::What::removed);
    return changes;
}

}  // namespace wq::scan
