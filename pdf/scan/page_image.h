// Foreign files as pictures: JPEG, PNG, TIFF and BMP, and the pages of PDF and multi-page TIFF. The most
// exposed code of the house: sizes are read before anything is decoded, and no bad file gets out of here as
// anything but a refusal.
#pragma once

#include "data/base/result.h"
#include "pdf/scan/picture.h"

#include <string_view>
#include <vector>

namespace wq::scan {

inline constexpr double kMostMegapixels = 40;
inline constexpr std::size_t kMostPages = 50;

// One picture for each page, upright as its EXIF says, of whatever depth and colour made 8-bit BGR; a PDF's
// pages at 200 dpi. Refusals: `file_empty`, `not_a_picture`, `picture_too_large` {megapixels, limit},
// `picture_damaged`, `too_many_pages` {pages, limit}.
Result<std::vector<Picture>> read_pictures(ByteView file);

// "image/jpeg" and so on by the file's first bytes; empty for what is none of the above.
std::string_view media_type_of(ByteView file);

// JPEG (ITU-T T.81), quality 1–100.
Bytes to_jpeg(const Picture& picture, int quality = 85);

}  // namespace wq::scan
