// Pictures as OpenCV sees them. Inside pdf/scan only: outside nobody knows of OpenCV, and the picture must
// outlive the view.
#pragma once

#include "pdf/scan/picture.h"

#include <opencv2/core.hpp>

namespace wq::scan {

inline cv::Mat view_of(const Picture& picture) {
    return {picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.bgr.data())};
}

inline Picture picture_of(const cv::Mat& bgr) {
    const cv::Mat whole = bgr.isContinuous() ? bgr : bgr.clone();
    return {whole.cols, whole.rows, Bytes(whole.data, whole.data + whole.total() * 3)};
}

// The best place of a template, between the pixels: the top of the parabola through it and its neighbours.
struct Match {
    cv::Point2d at;  // upper left
    double likeness = 0;
};
Match best_match(const cv::Mat_<float>& likeness);  // of cv::matchTemplate

// max(R, G, B): red and blue ink vanish, black stays. 8 bits, one channel.
cv::Mat without_colour(const cv::Mat& bgr);

}  // namespace wq::scan
