// Characters drawn turned, for the names around seals and for altered text; FreeType draws, OpenCV's pictures
// receive. Inside tests/workshop only.
#pragma once

#include <opencv2/core.hpp>

namespace wq::workshop {

// Adds the character to `ink` (8 bits, one channel), its middle at `centre`, `size` pixels high, turned
// clockwise by `degrees`. Throws Fault if the font is missing.
void draw_character(cv::Mat& ink, char32_t point, cv::Point2d centre, double size, double degrees);

}  // namespace wq::workshop
