// How large a foreign file and its pages may be, for the programs and the child that decodes for them. Not what
// decoding may cost in time and memory (decode_messages.h).
#pragma once

#include <cstddef>

namespace wq::scan {

inline constexpr double kMostMegapixels = 40;       // of a page
inline constexpr double kMostJpegMegapixels = 200;  // decoded at a half, a quarter or an eighth
inline constexpr std::size_t kMostSide = 65500;     // pixels, a JPEG's
inline constexpr std::size_t kMostPages = 50;
inline constexpr std::size_t kMostFileBytes = std::size_t{64} << 20;

}  // namespace wq::scan
