#include "tests/workshop/lettering.h"

#include "data/base/result.h"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <cmath>

namespace wq::workshop {
namespace {

constexpr const char* kFont = "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Bold.ttf";

FT_Face face() {
    static const FT_Face kFace = [] {
        FT_Library library = nullptr;
        FT_Face opened = nullptr;
        if (FT_Init_FreeType(&library) != 0 || FT_New_Face(library, kFont, 0, &opened) != 0)
            throw Fault(std::string("the workshop's font is missing: ") + kFont);
        return opened;
    }();
    return kFace;
}

}  // namespace

void draw_character(cv::Mat& ink, char32_t point, cv::Point2d centre, double size, double degrees) {
    FT_Set_Pixel_Sizes(face(), 0, static_cast<FT_UInt>(std::lround(size)));
    const double angle = -degrees * CV_PI / 180;
    FT_Matrix turn{
        static_cast<FT_Fixed>(std::cos(angle) * 65536), static_cast<FT_Fixed>(-std::sin(angle) * 65536),
        static_cast<FT_Fixed>(std::sin(angle) * 65536), static_cast<FT_Fixed>(std::cos(angle) * 65536)};
    FT_Set_Transform(face(), &turn, nullptr);
    if (FT_Load_Char(face(), point, FT_LOAD_RENDER) != 0) return;
    const FT_Bitmap& bitmap = face()->glyph->bitmap;
    const int left = static_cast<int>(centre.x - bitmap.width / 2.0),
              top = static_cast<int>(centre.y - bitmap.rows / 2.0);
    for (int y = 0; y < static_cast<int>(bitmap.rows); ++y)
        for (int x = 0; x < static_cast<int>(bitmap.width); ++x) {
            if (top + y < 0 || left + x < 0 || top + y >= ink.rows || left + x >= ink.cols) continue;
            auto& pixel = ink.at<std::uint8_t>(top + y, left + x);
            pixel = std::max(pixel, bitmap.buffer[y * bitmap.pitch + x]);
        }
}

}  // namespace wq::workshop
