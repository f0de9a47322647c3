// How good a picture of a page is (R39): measured on the upright page, told as figures and as what to do
// better, the most important first.
#pragma once

#include "pdf/scan/picture.h"
#include "pdf/scan/straighten.h"

#include <array>
#include <string>
#include <vector>

namespace wq::scan {

struct Quality {
    double sharpness = 0;     // 0–1: steepness of the codes' edges; a clean scan has more than 0.6
    double paper = 0;         // brightness of the paper, 0–255
    double evenness = 0;      // darkest by brightest part of the paper, 0–1
    double contrast = 0;      // paper minus ink, 0–255
    double resolution = 0;    // pixels for a millimetre
    int corners_outside = 0;  // of the sheet, 0–4
    double scale = 0;         // size as printed by full size; 0 where the picture's own scale is unknown
    // Lines along the whole picture, as dust on a scanner's glass draws them: on the sheet, from end to end,
    // mm.
    std::vector<std::array<sheet::Point, 2>> streaks;
    // Codes of what is wrong, the most important first: cut_off, resolution_low, blurred, too_dark,
    // too_bright, uneven_light, not_full_size, streaks.
    std::vector<std::string> faults;
};

// `upright` at 150 dpi or more, made of `picture` by `placement`.
Quality measure_quality(const Picture& picture, const Placement& placement, const Picture& upright);

}  // namespace wq::scan
