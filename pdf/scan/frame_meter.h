// Frames of a camera, measured cheaply enough for each of them: how light, how much moves. Whether a page
// lies there is a dearer question, asked of single frames.
#pragma once

#include "pdf/scan/picture.h"

#include <string>

namespace wq::scan {

class FrameMeter {
  public:
    struct Measure {
        double light = 0;   // of the brightest tenth, 0–255
        double motion = 1;  // part of the picture that differs from the frame before, 0–1; 1 for the first
    };
    Measure measure(const Picture& frame);

  private:
    Picture before_;  // small
};

struct PageInFrame {
    std::string code;                                // of ours, as it was read first; empty: none
    double resolution = 0;                           // pixels for a millimetre
    bool sharp = false, whole = false, lit = false;  // as measure_quality finds
};
PageInFrame page_in(const Picture& frame);

// Reduced to `width` where it is wider.
Picture smaller(const Picture& picture, int width);

}  // namespace wq::scan
