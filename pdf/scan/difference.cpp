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
constexpr double kInk = 150;             // of 255 after the paper was made white
constexpr double kFaint = 195;           // lighter than this counts as no ink at all
constexpr int kLeastPixels = 14;         // of a change, about 0.25 mm²
constexpr double kLeastSide = 0.5;       // mm, of its longer side

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

void put_out(cv::Mat& mask, const sheet::Box& box, double margin) {
    const cv::Rect rect(static_cast<int>((box.x - margin) * kPerMm),
                        static_cast<int>((box.y - margin) * kPerMm),
                        static_cast<int>((box.width + 2 * margin) * kPerMm),
                        static_cast<int>((box.height + 2 * margin) * kPerMm));
    mask(rect & cv::Rect(0, 0, mask.cols, mask.rows)).setTo(0);
}

// Where the issued page may be compared: not in the places for ink, not in the codes (their signature says
// more), not at the sheet's edge.
cv::Mat compared(const cv::Size& size, const std::vector<sheet::Box>& expected) {
    cv::Mat mask(size, CV_8U, cv::Scalar(0));
    const int edge = static_cast<int>(5 * kPerMm);
    mask(cv::Rect(edge, edge, size.width - 2 * edge, size.height - 2 * edge)).setTo(255);
    for (const sheet::Box& box : {sheet::kUpperCode, sheet::kLowerCode}) put_out(mask, box, 0);
    for (const sheet::Box& box : expected) put_out(mask, box, 1.5);
    return mask;
}

// How far a block of the issued page lies from its place on the scan; nothing where little is printed.
std::optional<cv::Point> shift_of(const cv::Mat& scan, const cv::Mat& issued, const cv::Rect& block) {
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
    double best = 0;
    cv::Point at;
    cv::minMaxLoc(likeness, nullptr, &best, nullptr, &at);
    if (best < kLeastLikeness) return std::nullopt;
    return at - cv::Point(kReach, kReach);
}

cv::Point median_of(std::vector<cv::Point> shifts) {
    if (shifts.empty()) return {};
    const auto middle = [&](auto member) {
        std::ranges::sort(shifts, {}, member);
        return shifts[shifts.size() / 2].*member;
    };
    return {middle(&cv::Point::x), middle(&cv::Point::y)};
}

// The issued page laid over the scan block by block, each moved by its own shift or its neighbours'.
cv::Mat fitted(const cv::Mat& scan, const cv::Mat& issued) {
    const int columns = (scan.cols + kBlock - 1) / kBlock, rows = (scan.rows + kBlock - 1) / kBlock;
    std::map<std::pair<int, int>, cv::Point> known;
    std::vector<cv::Point> all;
    const auto block_at = [&](int row, int column) {
        return cv::Rect(column * kBlock, row * kBlock, kBlock, kBlock) & cv::Rect(0, 0, scan.cols, scan.rows);
    };
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            if (const auto shift = shift_of(scan, issued, block_at(row, column))) {
                known[{row, column}] = *shift;
                all.push_back(*shift);
            }
    const cv::Point usual = median_of(all);
    cv::Mat laid(scan.size(), CV_8U, cv::Scalar(255));
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            std::vector<cv::Point> near;
            for (int r = row - 2; r <= row + 2; ++r)
                for (int c = column - 2; c <= column + 2; ++c)
                    if (const auto at = known.find({r, c}); at != known.end()) near.push_back(at->second);
            const auto own = known.find({row, column});
            cv::Point shift = near.empty() ? usual : median_of(near);
            // A block of its own mind (repeated lines fit in several places) follows its neighbours.
            if (own != known.end() && cv::norm(own->second - shift) <= 2) shift = own->second;
            const cv::Rect to = block_at(row, column);
            const cv::Rect from = (to - shift) & cv::Rect(0, 0, issued.cols, issued.rows);
            issued(from).copyTo(laid((from + shift) & cv::Rect(0, 0, laid.cols, laid.rows)));
        }
    return laid;
}

void append_changes(std::vector<Change>& changes, const cv::Mat& where, Change::What what) {
    cv::Mat solid, joined, labels, stats, centres;
    cv::morphologyEx(where, solid, cv::MORPH_OPEN, cv::Mat::ones(2, 2, CV_8U));
    cv::morphologyEx(solid, joined, cv::MORPH_CLOSE, cv::Mat::ones(9, 9, CV_8U));
    const int count = cv::connectedComponentsWithStats(joined, labels, stats, centres);
    for (int i = 1; i < count; ++i) {
        const cv::Rect box(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                           stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
        if (cv::countNonZero(solid(box)) < kLeastPixels ||
            std::max(box.width, box.height) < kLeastSide * kPerMm)
            continue;
        changes.push_back({{box.x / kPerMm, box.y / kPerMm, box.width / kPerMm, box.height / kPerMm}, what});
    }
}

}  // namespace

std::vector<Change> find_changes(const Picture& upright, const Picture& issued,
                                 const std::vector<sheet::Box>& expected) {
    const cv::Mat scan = normal_page(view_of(upright));
    cv::Mat original = normal_page(view_of(issued));
    if (original.size() != scan.size()) cv::resize(original, original, scan.size());
    const cv::Mat laid = fitted(scan, original);
    // Ink that has no ink, not even faint, within two pixels of its place on the other page.
    cv::Mat near_original, near_scan;
    cv::erode(laid, near_original, cv::Mat::ones(5, 5, CV_8U));
    cv::erode(scan, near_scan, cv::Mat::ones(5, 5, CV_8U));
    const cv::Mat mask = compared(scan.size(), expected);
    std::vector<Change> changes;
    append_changes(changes, (scan < kInk) & (near_original > kFaint) & mask, Change::What::added);
    append_changes(changes, (laid < kInk) & (near_scan > kFaint) & mask, Change::What::removed);
    return changes;
}

}  // namespace wq::scan
