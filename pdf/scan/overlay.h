// A scan laid over the issued page: straightened as the paper is bent, and the issued page made as soft and
// as pale as the scan. Inner part of difference.h.
#pragma once

#include "pdf/scan/bend.h"

#include <opencv2/core.hpp>

#include <vector>

namespace wq::scan {

// Paper 0, black 255, coloured ink gone, shadows too. `dark` receives, much smaller, where it is so dark that
// nobody can tell shadow from ink.
cv::Mat ink_of(const cv::Mat& bgr, cv::Mat* dark = nullptr);

// An issued page with all that comparing wants of it whatever the scan is.
struct IssuedInk {
    explicit IssuedInk(const cv::Mat& page_ink);

    cv::Mat ink;                        // ink_of
    Slopes coarse, half, fine, finest;  // a quarter as large, half as large, as large
    std::vector<cv::Mat> soft;          // a part, in each softness that is tried
};

struct Laid {
    cv::Mat scan;           // ink, straight
    cv::Mat should;         // the issued ink as this scan shows ink
    double roughness = 0;   // of paper, Bend::roughness
    double contrast = 1;    // what counts as black, by how soft and how unlike the issued page the scan is
    bool is_other = false;  // hardly any print is where it should be: another page
    bool is_like = true;    // else print is so worn, as by copying, that a character would not stand out
};

Laid laid_over(const cv::Mat& scan, const IssuedInk& issued);

}  // namespace wq::scan
