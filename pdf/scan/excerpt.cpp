#include "pdf/scan/excerpt.h"

#include "pdf/scan/mat.h"

#include <opencv2/imgproc.hpp>

namespace wq::scan {
namespace {

cv::Rect pixels_of(const sheet::Box& box, double across, double down, double per_mm) {
    const cv::Point first(static_cast<int>((box.x - across) * per_mm),
                          static_cast<int>((box.y - down) * per_mm));
    const cv::Point last(static_cast<int>((box.right() + across) * per_mm),
                         static_cast<int>((box.bottom() + down) * per_mm));
    return {first, last};
}

}  // namespace

Picture excerpt(const Picture& upright, const sheet::Box& about, double across, double down) {
    constexpr double kPen = 0.5;  // mm
    const double per_mm = upright.width / sheet::kWidth;
    cv::Mat page = view_of(upright).clone();
    cv::rectangle(page, pixels_of(about, kFrameGap, kFrameGap, per_mm), cv::Scalar(32, 32, 210),
                  std::max(1, static_cast<int>(kPen * per_mm)), cv::LINE_AA);
    const cv::Rect wanted = pixels_of(about, across, down, per_mm) & cv::Rect({0, 0}, page.size());
    Picture cut = picture_of(page(wanted));
    cut.dpi = per_mm * 25.4;
    return cut;
}

}  // namespace wq::scan
