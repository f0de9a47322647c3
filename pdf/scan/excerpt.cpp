#include "pdf/scan/excerpt.h"

#include "pdf/scan/mat.h"

#include <opencv2/imgproc.hpp>

namespace wq::scan {
namespace {

cv::Rect pixels_of(const sheet::Box& box, double around, double per_mm) {
    const cv::Point first(static_cast<int>((box.x - around) * per_mm),
                          static_cast<int>((box.y - around) * per_mm));
    const cv::Point last(static_cast<int>((box.right() + around) * per_mm),
                         static_cast<int>((box.bottom() + around) * per_mm));
    return {first, last};
}

}  // namespace

Picture excerpt(const Picture& upright, const sheet::Box& about, double margin) {
    constexpr double kPen = 0.5;  // mm
    const double per_mm = upright.width / sheet::kWidth;
    cv::Mat page = view_of(upright).clone();
    cv::rectangle(page, pixels_of(about, kFrameGap, per_mm), cv::Scalar(32, 32, 210),
                  std::max(1, static_cast<int>(kPen * per_mm)), cv::LINE_AA);
    const cv::Rect wanted = pixels_of(about, margin, per_mm) & cv::Rect({0, 0}, page.size());
    Picture cut = picture_of(page(wanted));
    cut.dpi = per_mm * 25.4;
    return cut;
}

}  // namespace wq::scan
