// The issued page laid over a scan of it: bent as the paper is, as soft and as pale as the scan. Inner part
// of difference.h.
#pragma once

#include <opencv2/core.hpp>

namespace wq::scan {

// Paper 0, black 255, coloured ink gone, shadows too.
cv::Mat ink_of(const cv::Mat& bgr);

// `issued` (as ink_of gives it) laid over `scan`, as large.
cv::Mat laid_over(const cv::Mat& scan, const cv::Mat& issued);

// As soft and as pale as the scan shows pages.
cv::Mat softened(const cv::Mat& scan, const cv::Mat& laid);

}  // namespace wq::scan
