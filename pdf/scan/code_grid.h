// A code whose place is roughly known, module by module: its grid is laid over the picture by the patterns
// that every symbol has, bent where the paper is bent, and each module is measured. For codes that are torn,
// written over or crumpled; inside pdf/scan only.
#pragma once

#include "pdf/scan/code_reader.h"

#include <opencv2/core.hpp>

namespace wq::scan {

inline constexpr double kCodeLikeness = 0.45;                // of the fixed patterns: above, it is a code
inline constexpr int kLeastModules = 41, kMostModules = 69;  // of the codes on our pages

struct GridSize {
    int side;         // modules
    Corners corners;  // of a symbol of that size, off by three modules at most
};

// The likeliest of the sizes; its corners are made exact where there is a code.
MeasuredCode measure_code(const cv::Mat& bgr, const std::vector<GridSize>& sizes);

}  // namespace wq::scan
