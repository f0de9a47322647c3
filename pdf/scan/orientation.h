// How a picture is turned to stand upright (TIFF 6.0 and EXIF 2.3, tag 274): 1 as it is, 2 mirrored, 3 upside
// down, 4 that mirrored, 5 to 8 lying on a side.
#pragma once

#include "data/base/bytes.h"

namespace wq::scan {

// Of a TIFF header as EXIF holds it; 1 where it says nothing sensible.
int orientation_in(ByteView exif);

inline bool lies(int orientation) { return orientation >= 5; }

// `from`: width * height pixels of 3 bytes; `to` as many, of height * width where it lies.
void turn_upright(const std::uint8_t* from, std::size_t width, std::size_t height, int orientation,
                  std::uint8_t* to);

}  // namespace wq::scan
