// Foreign files for the tests, made by the libraries that read them: of every depth, colour and kind that
// people send, and broken ones.
#pragma once

#include "data/base/bytes.h"

#include <string_view>
#include <vector>

namespace wq::scan::files {

struct Rgb {
    std::uint8_t red = 0, green = 0, blue = 0;
};

// 60 by 40: white above, orange below.
inline constexpr int kWidth = 60, kHeight = 40, kBand = 10;
inline constexpr Rgb kOrange{240, 120, 10};

Bytes jpeg(int dpi = 0);
Bytes progressive_jpeg();
Bytes cmyk_jpeg();  // Adobe's, with inverted inks
Bytes grey_jpeg(int width, int height, int dpi = 0);
// EXIF's orientation 1 to 8 put into a JPEG.
Bytes turned(Bytes jpeg, int orientation);

enum class Png { rgb, rgb16, grey16, palette, clear, grey_clear, interlaced, one_bit };
Bytes png(Png kind, int dpi = 0);
// Another chunk before the pixels.
Bytes with_chunk(const Bytes& png, std::string_view name, const Bytes& content);

struct TiffPage {
    int width = kWidth, height = kHeight;
    std::uint8_t grey = 0;  // of the whole page
    int orientation = 1;
    float dpi_across = 0, dpi_down = 0;
    int bits = 8;
    bool is_small = false;  // stands for another page
};
Bytes tiff(const std::vector<TiffPage>& pages);

Bytes bmp(int bits, bool from_top = false);

// Pages of 2 by 1 inches with a black square in the lower left corner; `more` goes into the catalog.
Bytes pdf(int pages, std::string_view more = {}, std::string_view contents = "0 0 72 72 re f");

}  // namespace wq::scan::files
