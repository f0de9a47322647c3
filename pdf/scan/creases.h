// Folds that took the print along a whole line of the sheet. Inner part of difference.h; not for what else is
// missing.
#pragma once

#include <opencv2/core.hpp>

namespace wq::scan {

// 255 along creases. `scan` and `expected` are ink, 0–255.
cv::Mat creases(const cv::Mat& scan, const cv::Mat& expected);

}  // namespace wq::scan
