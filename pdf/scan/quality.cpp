#include "pdf/scan/quality.h"

#include "pdf/scan/mat.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace wq::scan {
namespace {

// Found with the workshop's pages: below these people begin to ask for another scan.
constexpr double kLeastSharpness = 0.45, kLeastPaper = 90, kLeastContrast = 60, kLeastEvenness = 0.45;
constexpr double kLeastResolution = 3.6;  // 90 dpi
constexpr double kInset = 7;  // mm: a sheet cut off closer to its edge than the marks misses nothing

constexpr double kMostOffSize = 0.012;    // "fit to page" takes 3–6 %
constexpr double kLeastScannerDpi = 100;  // telephones say 72 whatever they took
constexpr int kPlainPaper = 110, kStreakDepth = 12;
constexpr double kStreakPart = 0.9;

double quantile(const cv::Mat& grey, double part) {
    int counts[4][256] = {};  // four, so that equal neighbours don't wait for each other
    for (int y = 0; y < grey.rows; ++y) {
        const auto* row = grey.ptr<std::uint8_t>(y);
        for (int x = 0; x < grey.cols; ++x) ++counts[x & 3][row[x]];
    }
    double left = part * static_cast<double>(grey.total());
    for (int value = 0; value < 256; ++value)
        if ((left -= counts[0][value] + counts[1][value] + counts[2][value] + counts[3][value]) <= 0)
            return value;
    return 255;
}

cv::Mat box_of(const cv::Mat& page, sheet::Box box) {
    const double per_mm = page.cols / sheet::kWidth;
    const cv::Rect rect(static_cast<int>(box.x * per_mm), static_cast<int>(box.y * per_mm),
                        static_cast<int>(box.width * per_mm), static_cast<int>(box.height * per_mm));
    return page(rect & cv::Rect(0, 0, page.cols, page.rows));
}

// Of a code's many black-white edges, how much of the step falls on one pixel.
double steepness(const cv::Mat& code) {
    const double step = quantile(code, 0.9) - quantile(code, 0.1);
    if (step < 20) return 0;
    cv::Mat dx;
    cv::Sobel(code, dx, CV_32F, 1, 0, 3, 1.0 / 8);
    cv::Mat slope;
    cv::convertScaleAbs(dx, slope);
    return std::min(1.0, quantile(slope, 0.95) / (step / 2));
}

// Every so many rows are as good as all, and read at a quarter of the cost.
cv::Mat sampled(const cv::Mat& grey) {
    constexpr int kEach = 4;
    cv::Mat rows(grey.rows / kEach, grey.cols, grey.type());
    for (int y = 0; y < rows.rows; ++y) grey.row(y * kEach).copyTo(rows.row(y));
    return rows;
}

double evenness_of(const cv::Mat& grey) {
    constexpr int kParts = 4;
    double darkest = 255, brightest = 1;
    for (int row = 0; row < kParts; ++row)
        for (int column = 0; column < kParts; ++column) {
            const cv::Rect part(column * grey.cols / kParts, row * grey.rows / kParts, grey.cols / kParts,
                                grey.rows / kParts);
            const double paper = quantile(grey(part), 0.8);
            darkest = std::min(darkest, paper);
            brightest = std::max(brightest, paper);
        }
    return darkest / brightest;
}

int corners_outside(const Picture& picture, const Placement& placement) {
    int outside = 0;
    for (double x : {kInset, sheet::kWidth - kInset})
        for (double y : {kInset, sheet::kHeight - kInset}) {
            const sheet::Point at = placement.in_picture({x, y});
            outside += at.x < 0 || at.y < 0 || at.x >= picture.width || at.y >= picture.height;
        }
    return outside;
}

// Pixels for a millimetre of the glass: as the file says, or because the picture is just a sheet of A4.
double glass_resolution(const Picture& picture) {
    if (picture.dpi >= kLeastScannerDpi) return picture.dpi / 25.4;
    const double shorter = std::min(picture.width, picture.height),
                 longer = std::max(picture.width, picture.height);
    const bool is_sheet = std::abs(longer / shorter * sheet::kWidth / sheet::kHeight - 1) < 0.004;
    return is_sheet ? shorter / sheet::kWidth : 0;
}

// Known for flat scans only; what is far off was no scanner's word.
double scale_of(const Picture& picture, const Placement& placement) {
    const double glass = glass_resolution(picture);
    const bool is_flat = placement.sheet_to_picture[6] == 0 && placement.sheet_to_picture[7] == 0;
    if (glass == 0 || !is_flat || placement.marks < 3) return 0;
    const double scale = placement.resolution() / glass;
    return scale > 0.8 && scale < 1.2 ? scale : 0;
}

// Columns that are darker than those beside them nearly everywhere. Print is never as long as the picture.
std::vector<double> streaks_along(const cv::Mat& grey) {
    const int beside = std::max(3, grey.cols / 400);
    std::vector<int> darker(static_cast<std::size_t>(grey.cols)), plain(darker.size());
    for (int y = 0; y < grey.rows; ++y) {
        const auto* row = grey.ptr<std::uint8_t>(y);
        for (int x = beside; x < grey.cols - beside; ++x) {
            const int around = std::min(row[x - beside], row[x + beside]);
            plain[static_cast<std::size_t>(x)] += around > kPlainPaper;
            darker[static_cast<std::size_t>(x)] += around > kPlainPaper && around - row[x] > kStreakDepth;
        }
    }
    std::vector<double> streaks;
    int first = -1, last = -10 * beside;
    for (int x = 0; x < grey.cols; ++x) {
        const auto at = static_cast<std::size_t>(x);
        if (plain[at] <= 0.5 * grey.rows || darker[at] <= kStreakPart * plain[at]) continue;
        if (x - last > beside) {
            first = x;
            streaks.push_back(x + 0.5);
        }
        last = x;
        streaks.back() = (first + last + 1) / 2.0;
    }
    return streaks;
}

std::vector<std::array<sheet::Point, 2>> streaks_of(const Picture& picture, const Placement& placement) {
    cv::Mat rows, columns;
    cv::resize(view_of(picture), rows, {picture.width, std::max(1, picture.height / 8)}, 0, 0,
               cv::INTER_LINEAR);
    cv::resize(view_of(picture), columns, {std::max(1, picture.width / 8), picture.height}, 0, 0,
               cv::INTER_LINEAR);
    std::vector<std::array<sheet::Point, 2>> streaks;
    for (double x : streaks_along(without_colour(rows)))
        streaks.push_back({placement.on_sheet({x, 0}), placement.on_sheet({x, double(picture.height)})});
    for (double y : streaks_along(without_colour(columns).t()))
        streaks.push_back({placement.on_sheet({0, y}), placement.on_sheet({double(picture.width), y})});
    return streaks;
}

}  // namespace

Quality measure_quality(const Picture& picture, const Placement& placement, const Picture& upright) {
    cv::Mat grey;
    cv::cvtColor(view_of(upright), grey, cv::COLOR_BGR2GRAY);
    Quality quality;
    for (sheet::Box box : {sheet::kUpperCode, sheet::kLowerCode})
        quality.sharpness = std::max(quality.sharpness, steepness(box_of(grey, box)));
    const cv::Mat some = sampled(grey);
    quality.paper = quantile(some, 0.8);
    quality.contrast = quality.paper - quantile(box_of(grey, sheet::kUpperCode), 0.1);
    quality.evenness = evenness_of(some);
    quality.resolution = placement.resolution();
    quality.corners_outside = corners_outside(picture, placement);
    quality.scale = scale_of(picture, placement);
    // On a part of the sheet, a printed line may be as long as the picture.
    if (quality.corners_outside == 0) quality.streaks = streaks_of(picture, placement);
    const auto fault = [&](bool bad, const char* code) {
        if (bad) quality.faults.emplace_back(code);
    };
    fault(quality.corners_outside > 0, "cut_off");
    fault(quality.resolution < kLeastResolution, "resolution_low");
    fault(quality.sharpness < kLeastSharpness, "blurred");
    fault(quality.paper < kLeastPaper, "too_dark");
    fault(quality.contrast < kLeastContrast && quality.paper >= kLeastPaper, "too_bright");
    fault(quality.evenness < kLeastEvenness, "uneven_light");
    fault(quality.scale > 0 && std::abs(quality.scale - 1) > kMostOffSize, "not_full_size");
    fault(!quality.streaks.empty(), "streaks");
    return quality;
}

}  // namespace wq::scan
