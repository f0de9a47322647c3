#include "pdf/scan/difference.h"

#include "pdf/scan/creases.h"
#include "pdf/scan/mat.h"
#include "pdf/scan/overlay.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace wq::scan {
namespace {

constexpr double kPerMm = kCompareDpi / 25.4;
constexpr double kFineStep = 0.5;  // pixels
constexpr int kFineWindow = 19;    // pixels, some letters' size
constexpr double kStroke = 0.9;    // pixels, half a pen's stroke
constexpr double kChanged = 0.3;   // residue that is a change
constexpr double kPlainlyChanged = 0.36;
constexpr int kThin = 3;                            // pixels
constexpr double kFaintSpeck = 0.4, kSpeck = 0.75;  // mm
constexpr int kManySpecks = 6;
constexpr double kSuspect = 0.27;    // before a pixel's shift was thought of
constexpr int kAround = 24;          // pixels around a suspect that are looked at closely
constexpr double kCodeMargin = 0.8;  // mm, a pen's line across a code ends a little outside

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
    for (const sheet::Box& box : {sheet::kUpperCode, sheet::kLowerCode}) put_out(mask, box, kCodeMargin);
    for (const sheet::Point& mark : sheet::kMarks) put_out(mask, {mark.x, mark.y, 0, 0}, sheet::kMarkSize);
    for (const sheet::Box& box : expected) put_out(mask, box, 1.5);
    return mask;
}

// Ink on the scan less the ink that was to be expected, 1 for black on white; what a pixel's shift explains
// does not count, and neither does what is finer than a pen's stroke.
cv::Mat_<float> residue_of(const cv::Mat& scan_ink, const cv::Mat& expected_ink) {
    cv::Mat_<float> scan, expected;
    scan_ink.convertTo(scan, CV_32F, 1 / 255.0);
    expected_ink.convertTo(expected, CV_32F, 1 / 255.0);
    cv::Mat_<float> residue(scan.size(), 0.f), least(scan.size(), 1e30f), moved, off, energy;
    for (int dy = -2; dy <= 2; ++dy)
        for (int dx = -2; dx <= 2; ++dx) {
            const cv::Matx23f by(1, 0, -static_cast<float>(dx * kFineStep), 0, 1,
                                 -static_cast<float>(dy * kFineStep));
            cv::warpAffine(expected, moved, by, expected.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                           cv::BORDER_REPLICATE);
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

// What differs at first sight, added and removed.
std::array<cv::Mat, 2> suspects(const cv::Mat& scan, const cv::Mat& expected, const cv::Mat& mask) {
    std::array<cv::Mat, 2> differs;
    cv::subtract(scan, expected, differs[0]);
    cv::subtract(expected, scan, differs[1]);
    for (cv::Mat& each : differs) {
        cv::GaussianBlur(each, each, {5, 5}, kStroke);
        each = (each > kSuspect * 255) & mask;
    }
    return differs;
}

// Faint touches of the threshold count for nothing.
void append_changes(std::vector<Change>& changes, const cv::Mat_<float>& residue, const cv::Mat& where,
                    cv::Point origin, Change::What what) {
    cv::Mat joined, labels, stats, centres;
    cv::morphologyEx(where, joined, cv::MORPH_CLOSE, cv::Mat::ones(7, 7, CV_8U));
    const int count = cv::connectedComponentsWithStats(joined, labels, stats, centres);
    for (int i = 1; i < count; ++i) {
        const cv::Rect box(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                           stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
        double most = 0;
        cv::minMaxLoc(cv::abs(residue(box)), nullptr, &most);
        if (most < kPlainlyChanged && std::min(box.width, box.height) < kThin) continue;
        changes.push_back({{(origin.x + box.x) / kPerMm, (origin.y + box.y) / kPerMm, box.width / kPerMm,
                            box.height / kPerMm},
                           what});
    }
}

// Dust and a copier's specks come in numbers; one alone may be a point that somebody set.
void drop_specks(std::vector<Change>& changes) {
    const auto is_speck = [](const Change& change) {
        return change.what == Change::What::added && std::max(change.box.width, change.box.height) < kSpeck;
    };
    std::erase_if(changes, [&](const Change& change) {
        return is_speck(change) && std::max(change.box.width, change.box.height) < kFaintSpeck;
    });
    if (std::ranges::count_if(changes, is_speck) >= kManySpecks) std::erase_if(changes, is_speck);
}

// The surroundings of all suspects, joined where they meet.
std::vector<cv::Rect> places(const cv::Mat& suspect) {
    cv::Mat wide, labels, stats, centres;
    // On a coarse grid: only where, not what.
    cv::resize(suspect, wide, {}, 0.125, 0.125, cv::INTER_AREA);
    cv::dilate(wide > 0, wide, cv::Mat::ones(5, 5, CV_8U));
    const int count = cv::connectedComponentsWithStats(wide, labels, stats, centres);
    std::vector<cv::Rect> rects;
    for (int i = 1; i < count; ++i)
        rects.push_back(cv::Rect(8 * stats.at<int>(i, cv::CC_STAT_LEFT) - kAround,
                                 8 * stats.at<int>(i, cv::CC_STAT_TOP) - kAround,
                                 8 * stats.at<int>(i, cv::CC_STAT_WIDTH) + 2 * kAround,
                                 8 * stats.at<int>(i, cv::CC_STAT_HEIGHT) + 2 * kAround) &
                        cv::Rect({}, suspect.size()));
    return rects;
}

}  // namespace

struct IssuedPage::Held {
    IssuedInk ink;
};

IssuedPage::IssuedPage(const Picture& upright) {
    cv::Mat page = view_of(upright);
    const cv::Size size(static_cast<int>(std::lround(sheet::kWidth * kPerMm)),
                        static_cast<int>(std::lround(sheet::kHeight * kPerMm)));
    if (page.size() != size) cv::resize(page, page, size, 0, 0, cv::INTER_AREA);
    held_ = std::make_shared<const Held>(Held{IssuedInk(ink_of(page))});
}

Comparison find_changes(const Picture& upright, const IssuedPage& issued,
                        const std::vector<sheet::Box>& expected) {
    const Laid laid = laid_over(ink_of(view_of(upright)), issued.held_->ink);
    const cv::Mat &scan = laid.scan, &should = laid.should;
    cv::Mat mask = compared(scan.size(), expected);
    const auto [added, removed] = suspects(scan, should, mask);
    Comparison comparison;
    std::vector<Change>& changes = comparison.changes;
    if (cv::countNonZero(removed) > 0) mask &= ~creases(scan, should);
    for (const cv::Rect& place : places(added | removed)) {
        const cv::Mat_<float> residue = residue_of(scan(place), should(place));
        append_changes(changes, residue, (residue > kChanged) & mask(place) & added(place), place.tl(),
                       Change::What::added);
        append_changes(changes, residue, (residue < -kChanged) & mask(place) & removed(place), place.tl(),
                       Change::What::removed);
    }
    drop_specks(changes);
    return comparison;
}

}  // namespace wq::scan
