#include "pdf/scan/quality.h"

#include "pdf/scan/mat.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace wq::scan {
namespace {

// Found with the workshop's pages: below these people begin to ask for another scan.
constexpr double kLeastSharpness = 0.45, kLeastPaper = 90, kLeastContrast = 60, kLeastEvenness = 0.45;
constexpr double kLeastResolution = 3.6;  // 90 dpi
constexpr double kInset = 7;  // mm: a sheet cut off closer to its edge than the marks misses nothing

double quantile(const cv::Mat& grey, double part) {
    const float range[] = {0, 256};
    const float* ranges = range;
    const int channel = 0, bins = 256;
    cv::Mat histogram;
    cv::calcHist(&grey, 1, &channel, {}, histogram, 1, &bins, &ranges);
    double left = part * static_cast<double>(grey.total());
    for (int value = 0; value < bins; ++value)
        if ((left -= histogram.at<float>(value)) <= 0) return value;
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

}  // namespace

Quality measure_quality(const Picture& picture, const Placement& placement, const Picture& upright) {
    cv::Mat grey;
    cv::cvtColor(view_of(upright), grey, cv::COLOR_BGR2GRAY);
    Quality quality;
    for (sheet::Box box : {sheet::kUpperCode, sheet::kLowerCode})
        quality.sharpness = std::max(quality.sharpness, steepness(box_of(grey, box)));
    quality.paper = quantile(grey, 0.8);
    quality.contrast = quality.paper - quantile(box_of(grey, sheet::kUpperCode), 0.1);
    quality.evenness = evenness_of(grey);
    quality.resolution = placement.resolution();
    quality.corners_outside = corners_outside(picture, placement);
    const auto fault = [&](bool bad, const char* code) {
        if (bad) quality.faults.emplace_back(code);
    };
    fault(quality.corners_outside > 0, "cut_off");
    fault(quality.resolution < kLeastResolution, "resolution_low");
    fault(quality.sharpness < kLeastSharpness, "blurred");
    fault(quality.paper < kLeastPaper, "too_dark");
    fault(quality.contrast < kLeastContrast && quality.paper >= kLeastPaper, "too_bright");
    fault(quality.evenness < kLeastEvenness, "uneven_light");
    return quality;
}

}  // namespace wq::scan
