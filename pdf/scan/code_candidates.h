// Where on a picture codes may be: squares around the places where light and dark change most, both ways.
// Inside pdf/scan only.
#pragma once

#include <opencv2/core.hpp>

#include <vector>

namespace wq::scan {

struct Candidate {
    cv::Rect square;     // pixels of the picture, half as wide again as a page's code
    cv::Point2d centre;  // of what is there
};

// The strongest first, four at most.
std::vector<Candidate> code_candidates(const cv::Mat& bgr);

}  // namespace wq::scan
