#include "pdf/scan/difference.h"

#include "pdf/scan/creases.h"
#include "pdf/scan/mat.h"
#include "pdf/scan/overlay.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace wq::scan {
namespace {

constexpr double kPerMm = kCompareDpi / 25.4;
constexpr int kReach = 1;         // pixels that ink may be off its place
constexpr int kFineWindow = 19;   // pixels, some letters' size
constexpr double kStroke = 0.9;   // pixels, half a pen's stroke
constexpr double kChanged = 0.3;  // residue that is a change
constexpr double kPlainlyChanged = 0.36;
constexpr double kFaintlyChanged = 0.22, kSpread = 0.132;  // in the mean of squares over a character
constexpr int kCharacter = 13;                             // pixels
constexpr int kThin = 3;                                   // pixels
constexpr double kFaintSpeck = 0.4, kSpeck = 0.75, kFlake = 0.6, kNear = 5;  // mm
constexpr int kManySpecks = 6;
constexpr double kSuspect = 0.22;     // before a pixel's shift was thought of
constexpr int kAround = 24;           // pixels around a suspect that are looked at closely
constexpr double kStreakWidth = 1.2;  // mm, with what it does to the print beside it
constexpr double kCrumpled = 0.5;     // pixels of roughness
constexpr double kAlike = 0.75, kAlikeByRoughness = 0.35, kMostAlike = 1.01, kBent = 0.3;
constexpr double kPrinted = 25;                 // of 255, in the mean
constexpr double kThinLine = 1.2, kLong = 2.5;  // mm, and times as long
constexpr int kDoubt = 8, kJoin = 5;            // pixels of a place in doubt; places, to be one
constexpr double kSomePrint = 3;                // of 255, in the mean
constexpr int kSurroundings = 30, kBeside = 4;  // pixels
constexpr double kLeastPrint = 60;              // of ink, its variance
constexpr double kSheetEdge = 5;                // mm, not looked at
constexpr int kEdgePixels = static_cast<int>(kSheetEdge * kPerMm);
constexpr double kCodeMargin = 0.8;  // mm, a pen's line across a code ends a little outside

cv::Rect pixels_of(const sheet::Box& box, double margin) {
    return {static_cast<int>((box.x - margin) * kPerMm), static_cast<int>((box.y - margin) * kPerMm),
            static_cast<int>((box.width + 2 * margin) * kPerMm),
            static_cast<int>((box.height + 2 * margin) * kPerMm)};
}

sheet::Box box_of(const cv::Rect& rect) {
    return {rect.x / kPerMm, rect.y / kPerMm, rect.width / kPerMm, rect.height / kPerMm};
}

void put_out(cv::Mat& mask, const sheet::Box& box, double margin) {
    mask(pixels_of(box, margin) & cv::Rect({}, mask.size())).setTo(0);
}

// Where the issued page may be compared: not in the places for ink, not in the codes (their signature says
// more) nor the corner marks (the page was straightened by them), not at the sheet's edge, not under dust.
cv::Mat compared(const cv::Size& size, const Ground& ground) {
    cv::Mat mask(size, CV_8U, cv::Scalar(0));
    const int edge = static_cast<int>(kSheetEdge * kPerMm);
    mask(cv::Rect(edge, edge, size.width - 2 * edge, size.height - 2 * edge)).setTo(255);
    for (const sheet::Box& box : {sheet::kUpperCode, sheet::kLowerCode}) put_out(mask, box, kCodeMargin);
    for (const sheet::Point& mark : sheet::kMarks) put_out(mask, {mark.x, mark.y, 0, 0}, sheet::kMarkSize);
    for (const sheet::Box& box : ground.for_ink) put_out(mask, box, 1.5);
    for (const sheet::Box& box : ground.beyond) put_out(mask, box, 1.5);
    for (const auto& [from, to] : ground.streaks)
        cv::line(mask, cv::Point2d(from.x, from.y) * kPerMm, cv::Point2d(to.x, to.y) * kPerMm, cv::Scalar(0),
                 static_cast<int>(kStreakWidth * kPerMm));
    return mask;
}

// `ink` between its pixels too: four pictures, half a pixel from each other, with a margin all around.
std::array<cv::Mat, 4> half_steps(const cv::Mat& ink) {
    constexpr int kWide = kReach + 1;
    std::array<cv::Mat, 4> steps;
    cv::Mat wide;
    cv::copyMakeBorder(ink, wide, kWide, kWide, kWide, kWide, cv::BORDER_REPLICATE);
    wide.convertTo(steps[0], CV_32F, 1 / 255.0);
    const cv::Mat right = (cv::Mat_<float>(1, 2) << 0.5, 0.5);
    cv::filter2D(steps[0], steps[1], -1, right, {0, 0});
    cv::filter2D(steps[0], steps[2], -1, right.t(), {0, 0});
    cv::filter2D(steps[1], steps[3], -1, right.t(), {0, 0});
    return steps;
}

// Ink on the scan less the ink that was to be expected, 1 for black on white; what a pixel's shift explains
// does not count, and neither does what is finer than a pen's stroke.
cv::Mat_<float> residue_of(const cv::Mat& scan_ink, const cv::Mat& expected_ink) {
    const std::array<cv::Mat, 4> steps = half_steps(expected_ink);
    cv::Mat_<float> scan, residue(scan_ink.size(), 0.f), least(scan_ink.size(), 1e30f), off, energy;
    scan_ink.convertTo(scan, CV_32F, 1 / 255.0);
    for (int dy = -2 * kReach; dy <= 2 * kReach; ++dy)
        for (int dx = -2 * kReach; dx <= 2 * kReach; ++dx) {
            const cv::Point from(kReach + 1 + (dx >> 1), kReach + 1 + (dy >> 1));
            const auto step = static_cast<std::size_t>((dx & 1) + 2 * (dy & 1));
            cv::subtract(scan, steps[step](cv::Rect(from, scan.size())), off);
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
std::array<cv::Mat, 2> suspects(const cv::Mat& scan, const cv::Mat& expected, const cv::Mat& mask,
                                double contrast) {
    std::array<cv::Mat, 2> differs;
    cv::subtract(scan, expected, differs[0]);
    cv::subtract(expected, scan, differs[1]);
    for (cv::Mat& each : differs) {
        cv::GaussianBlur(each, each, {5, 5}, kStroke);
        each = (each > kSuspect * contrast * 255) & mask;
    }
    return differs;
}

// Black where it should be white, or much of a character a little.
cv::Mat much_differs(const cv::Mat_<float>& residue, double contrast) {
    cv::Mat energy;
    cv::multiply(residue, residue, energy);
    cv::boxFilter(energy, energy, -1, {kCharacter, kCharacter});
    const cv::Mat differs = cv::abs(residue);
    const double faint = kFaintlyChanged * contrast, spread = kSpread * contrast;
    return (differs > kChanged * contrast) | ((energy > spread * spread) & (differs > faint));
}

bool is_thin_line(const sheet::Box& box) {
    const double thin = std::min(box.width, box.height), length = std::max(box.width, box.height);
    return thin < kThinLine && length > kLong * thin;
}

// Faint touches of the threshold count for nothing, and neither do lines that a copier made thicker.
void append_changes(std::vector<Change>& changes, const cv::Mat_<float>& residue, const cv::Mat& should,
                    const cv::Mat& where, cv::Point origin, Change::What what, double contrast) {
    cv::Mat joined, labels, stats, centres;
    cv::morphologyEx(where, joined, cv::MORPH_CLOSE, cv::Mat::ones(7, 7, CV_8U));
    const int count = cv::connectedComponentsWithStats(joined, labels, stats, centres);
    for (int i = 1; i < count; ++i) {
        const cv::Rect box(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                           stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
        double most = 0;
        cv::minMaxLoc(cv::abs(residue(box)), nullptr, &most);
        if (most < kPlainlyChanged * contrast && std::min(box.width, box.height) < kThin &&
            std::max(box.width, box.height) < kCharacter)
            continue;
        const sheet::Box on_sheet = box_of(box + origin);
        if (what == Change::What::added && is_thin_line(on_sheet) && cv::mean(should(box))[0] > kPrinted)
            continue;
        changes.push_back({on_sheet, what});
    }
}

// Dust and a copier's specks come in numbers; one alone may be a point that somebody set. Toner that flaked
// off is a speck far from any other change.
void drop_specks(std::vector<Change>& changes) {
    const auto size = [](const Change& change) { return std::max(change.box.width, change.box.height); };
    const auto is_added_speck = [&](const Change& change) {
        return change.what == Change::What::added && size(change) < kSpeck;
    };
    const auto is_flake = [&](const Change& change) {
        return change.what == Change::What::removed && size(change) < kFlake &&
               std::ranges::none_of(changes, [&](const Change& other) {
                   return &other != &change &&
                          std::hypot(other.box.x - change.box.x, other.box.y - change.box.y) < kNear;
               });
    };
    std::vector<Change> kept;
    const bool many = std::ranges::count_if(changes, is_added_speck) >= kManySpecks;
    for (const Change& change : changes) {
        const bool faint = is_added_speck(change) && size(change) < kFaintSpeck;
        if (!faint && !(many && is_added_speck(change)) && !is_flake(change)) kept.push_back(change);
    }
    changes = std::move(kept);
}

// The surroundings of all suspects, joined where they meet.
std::vector<cv::Rect> places(const cv::Mat& suspect) {
    cv::Mat wide, labels, stats, centres;
    // On a coarse grid: only where, not what.
    cv::resize(suspect, wide, {}, 0.125, 0.125, cv::INTER_AREA);
    cv::dilate(wide > 0, wide, cv::Mat::ones(5, 5, CV_8U));
    const int count = cv::connectedComponentsWithStats(wide, labels, stats, centres);
    std::vector<cv::Rect> rects;
    for (int i = 1; i < count; ++i) {
        cv::Rect rect = cv::Rect(8 * stats.at<int>(i, cv::CC_STAT_LEFT) - kAround,
                                 8 * stats.at<int>(i, cv::CC_STAT_TOP) - kAround,
                                 8 * stats.at<int>(i, cv::CC_STAT_WIDTH) + 2 * kAround,
                                 8 * stats.at<int>(i, cv::CC_STAT_HEIGHT) + 2 * kAround) &
                        cv::Rect({}, suspect.size());
        // Nothing is looked at twice.
        for (auto other = rects.begin(); other != rects.end();) {
            if ((*other & rect).empty()) {
                ++other;
                continue;
            }
            rect |= *other;
            rects.erase(other);
            other = rects.begin();
        }
        rects.push_back(rect);
    }
    return rects;
}

bool is_removed(const Change& change) { return change.what == Change::What::removed; }

std::vector<Change> changes_of(const Laid& laid, const cv::Mat& mask) {
    std::vector<Change> changes;
    const auto [added, removed] = suspects(laid.scan, laid.should, mask, laid.contrast);
    for (const cv::Rect& place : places(added | removed)) {
        const cv::Mat should = laid.should(place);
        const cv::Mat_<float> residue = residue_of(laid.scan(place), should);
        const cv::Mat much = much_differs(residue, laid.contrast) & mask(place);
        append_changes(changes, residue, should, much & (residue > 0) & added(place), place.tl(),
                       Change::What::added, laid.contrast);
        append_changes(changes, residue, should, much & (residue < 0) & removed(place), place.tl(),
                       Change::What::removed, laid.contrast);
    }
    drop_specks(changes);
    return changes;
}

// How alike scan and issued page are around a place, itself not counted, 0–1; nothing where there is hardly
// anything to see.
std::optional<double> likeness_around(const Laid& laid, const cv::Mat& mask, const cv::Rect& place) {
    const cv::Rect all({}, mask.size());
    const cv::Rect around = cv::Rect(place.x - kSurroundings, place.y - kSurroundings,
                                     place.width + 2 * kSurroundings, place.height + 2 * kSurroundings) &
                            all;
    const cv::Rect own = cv::Rect(place.x - kBeside, place.y - kBeside, place.width + 2 * kBeside,
                                  place.height + 2 * kBeside) &
                         all;
    cv::Mat counted = mask(around).clone();
    counted(own - around.tl()).setTo(0);
    const cv::Mat scan = laid.scan(around), should = laid.should(around);
    double count = 0, a = 0, b = 0, aa = 0, bb = 0, ab = 0;
    for (int y = 0; y < around.height; ++y)
        for (int x = 0; x < around.width; ++x) {
            if (!counted.at<std::uint8_t>(y, x)) continue;
            const double seen = scan.at<std::uint8_t>(y, x), wanted = should.at<std::uint8_t>(y, x);
            ++count, a += seen, b += wanted, aa += seen * seen, bb += wanted * wanted, ab += seen * wanted;
        }
    if (count == 0 || bb / count - b * b / count / count < kLeastPrint) return std::nullopt;
    return (ab - a * b / count) / std::sqrt(std::max(1.0, (aa - a * a / count) * (bb - b * b / count)));
}

// A change is one where all around agrees; where paper is bent or spoilt so that nothing around does, nobody
// can tell what is printed there from what happened to it.
void part_unsure(Comparison& comparison, const Laid& laid, const cv::Mat& mask, cv::Mat& doubt) {
    const double least =
        std::min(kMostAlike, kAlike + kAlikeByRoughness * std::max(0.0, laid.roughness - kBent));
    const bool crumpled = laid.roughness > kCrumpled;
    std::erase_if(comparison.changes, [&](const Change& change) {
        const cv::Rect place = pixels_of(change.box, 0);
        const double likeness = likeness_around(laid, mask, place).value_or(crumpled ? 0 : 1);
        // A frame's line fits anywhere along itself.
        if (likeness >= least && !(crumpled && is_thin_line(change.box))) return false;
        cv::rectangle(
            doubt, {place.x / kDoubt, place.y / kDoubt, place.width / kDoubt + 1, place.height / kDoubt + 1},
            cv::Scalar(255), cv::FILLED);
        return true;
    });
}

// In places of doubt.
cv::Rect coarse(const cv::Rect& rect) {
    return {rect.x / kDoubt, rect.y / kDoubt, rect.width / kDoubt + 1, rect.height / kDoubt + 1};
}

// Print that is not in the picture cannot be compared, and neither can what lies in the dark.
void add_unseen(cv::Mat& doubt, const cv::Mat& print, const cv::Mat& dark, const Ground& ground) {
    const cv::Rect all({}, doubt.size());
    if (cv::countNonZero(dark) > 0) {
        cv::Mat in_dark;
        cv::resize(dark, in_dark, doubt.size(), 0, 0, cv::INTER_NEAREST);
        const cv::Rect inner = coarse(pixels_of({kSheetEdge, kSheetEdge, sheet::kWidth - 2 * kSheetEdge,
                                                 sheet::kHeight - 2 * kSheetEdge},
                                                0)) &
                               all;
        doubt(inner) |= in_dark(inner);
    }
    for (const sheet::Box& box : ground.beyond) {
        const cv::Rect there = pixels_of(box, 0) & cv::Rect({}, print.size());
        if (!there.empty() && cv::mean(print(there))[0] > kSomePrint) doubt(coarse(there) & all).setTo(255);
    }
}

std::vector<sheet::Box> boxes_of(const cv::Mat& doubt) {
    cv::Mat joined, labels, stats, centres;
    cv::morphologyEx(doubt, joined, cv::MORPH_CLOSE, cv::Mat::ones(kJoin, kJoin, CV_8U));
    std::vector<sheet::Box> boxes;
    for (int i = 1; i < cv::connectedComponentsWithStats(joined, labels, stats, centres); ++i)
        boxes.push_back(box_of(
            {kDoubt * stats.at<int>(i, cv::CC_STAT_LEFT), kDoubt * stats.at<int>(i, cv::CC_STAT_TOP),
             kDoubt * stats.at<int>(i, cv::CC_STAT_WIDTH), kDoubt * stats.at<int>(i, cv::CC_STAT_HEIGHT)}));
    return boxes;
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

Comparison find_changes(const Picture& upright, const IssuedPage& issued, const Ground& ground) {
    cv::Mat dark;
    const Laid laid = laid_over(ink_of(view_of(upright), &dark), issued.held_->ink);
    cv::Mat mask = compared(laid.scan.size(), ground), in_dark;
    cv::resize(dark, in_dark, mask.size(), 0, 0, cv::INTER_NEAREST);
    mask.setTo(0, in_dark);
    Comparison comparison;
    comparison.changes = changes_of(laid, mask);
    // Folds are looked for only where something is gone: that costs as much as all the rest.
    if (std::ranges::any_of(comparison.changes, is_removed)) {
        mask &= ~creases(laid.scan, laid.should);
        comparison.changes = changes_of(laid, mask);
    }
    cv::Mat doubt(mask.rows / kDoubt + 1, mask.cols / kDoubt + 1, CV_8U, cv::Scalar(0));
    if (!laid.is_other) part_unsure(comparison, laid, mask, doubt);
    if (!laid.is_like) {
        comparison.changes.clear();
        doubt(coarse(cv::Rect(kEdgePixels, kEdgePixels, mask.cols - 2 * kEdgePixels,
                              mask.rows - 2 * kEdgePixels)))
            .setTo(255);
    }
    add_unseen(doubt, laid.should, dark, ground);
    comparison.unsure = boxes_of(doubt);
    return comparison;
}

}  // namespace wq::scan
