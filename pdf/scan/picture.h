// A picture as plain pixels: what the scanner's side and the windows hand to each other. Not for files
// (page_image.h) nor for what is on it (page_reading.h).
#pragma once

#include "data/base/bytes.h"

namespace wq::scan {

// 8 bits a channel, blue green red, rows from the top without padding.
struct Picture {
    int width = 0, height = 0;  // pixels
    Bytes bgr;                  // 3 * width * height
    double dpi = 0;             // as the scanner says; 0 where nobody does

    bool is_empty() const { return bgr.empty(); }
};

}  // namespace wq::scan
