#include "pdf/scan/frame_meter.h"

#include "pdf/scan/mat.h"
#include "pdf/scan/page_checks.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>

namespace wq::scan {
namespace {

constexpr int kSmall = 160;    // pixels across
constexpr int kNoise = 14;     // grey levels by which a still picture may differ
constexpr double kSoft = 1.5;  // noise of single pixels goes

cv::Mat small_of(const Picture& frame) {
    cv::Mat small;
    const int height = std::max(1, frame.height * kSmall / std::max(1, frame.width));
    cv::resize(view_of(frame), small, {kSmall, height}, 0, 0, cv::INTER_AREA);
    cv::GaussianBlur(small, small, {}, kSoft);
    return small;
}

// The level that a tenth of all pixels reach.
double light_of(const cv::Mat& small) {
    cv::Mat grey;
    cv::cvtColor(small, grey, cv::COLOR_BGR2GRAY);
    std::array<int, 256> levels{};
    for (int y = 0; y < grey.rows; ++y)
        for (int x = 0; x < grey.cols; ++x) ++levels[grey.at<std::uint8_t>(y, x)];
    int left = grey.rows * grey.cols / 10, level = 255;
    while (level > 0 && (left -= levels[static_cast<std::size_t>(level)]) > 0) --level;
    return level;
}

}  // namespace

FrameMeter::Measure FrameMeter::measure(const Picture& frame) {
    if (frame.is_empty()) return {};
    const cv::Mat small = small_of(frame);
    Measure measure{light_of(small), 1};
    if (before_.width == small.cols && before_.height == small.rows) {
        cv::Mat change, grey;
        cv::absdiff(small, view_of(before_), change);
        cv::cvtColor(change, grey, cv::COLOR_BGR2GRAY);
        measure.motion = cv::countNonZero(grey > kNoise) / static_cast<double>(grey.total());
    }
    before_ = picture_of(small);
    return measure;
}

PageInFrame page_in(const Picture& frame) {
    PageInFrame page;
    const auto codes = find_plain_codes(frame, search_for_our_codes());
    const auto ours = std::ranges::find_if(
        codes, [](const FoundCode& code) { return search_for_our_codes().wanted(code.text); });
    const auto placement = ours == codes.end() ? std::nullopt : place_page(frame, {*ours});
    if (!placement) return page;
    page.code = ours->text;
    page.resolution = placement->resolution();
    const Picture upright = upright_page(frame, *placement, 150);
    const auto faults = measure_quality(frame, *placement, upright).faults;
    const auto without = [&](const char* fault) { return std::ranges::find(faults, fault) == faults.end(); };
    page.sharp = without("blurred");
    page.whole = without("cut_off");
    page.lit = without("too_dark") && without("too_bright") && without("uneven_light");
    return page;
}

Picture smaller(const Picture& picture, int width) {
    if (picture.width <= width) return picture;
    cv::Mat small;
    cv::resize(view_of(picture), small, {width, std::max(1, picture.height * width / picture.width)}, 0, 0,
               cv::INTER_AREA);
    return picture_of(small);
}

}  // namespace wq::scan
