// What paper and pictures go through, on bare pixels: ink, noise, light, JPEG. The steps that the workshop's
// pages are made of; inside tests/workshop only.
#pragma once

#include "pdf/render/sheet.h"

#include <opencv2/core.hpp>

namespace wq::workshop {

inline const cv::Scalar kSealRed(42, 38, 205), kPenInk(96, 48, 28);  // BGR

// Lays colour where `ink` (0–255) says, as ink does: print stays visible through it.
void lay_ink(cv::Mat page, const cv::Mat& ink, const cv::Scalar& colour, double strength);

// Normal noise in each channel.
cv::Mat noisy(const cv::Mat& page, double deviation, cv::RNG& random);
cv::Mat as_jpeg(const cv::Mat& page, int quality);
// Light that falls from one side; `depth` is how dark the far side is, 0–1.
cv::Mat lit(const cv::Mat& page, double depth, double direction);
// Every pixel multiplied by `light` (CV_32F).
cv::Mat shaded(const cv::Mat& page, const cv::Mat& light);
// Smooth random numbers from -1 to 1, `grain` pixels from knot to knot.
cv::Mat_<float> hills(cv::Size size, double grain, cv::RNG& random);

cv::Rect pixels(const sheet::Box& box, double pixels_per_mm);

}  // namespace wq::workshop
