#include "kiosk/ui/paper_picture.h"

#include "data/base/utf8.h"
#include "pdf/render/sheet.h"
#include "pdf/scan/page_image.h"

#include <cstdio>
#include <utility>

namespace wq::ui {
namespace {
constexpr double kMarkMargin = 1;  // mm
}

Picture shown(const scan::Picture& picture) {
    Picture shown{picture.width, picture.height, picture.bgr};
    for (std::size_t at = 0; at + 2 < shown.rgb.size(); at += 3) std::swap(shown.rgb[at], shown.rgb[at + 2]);
    return shown;
}

Picture shown_file(const std::optional<Bytes>& file) {
    if (!file) return {};
    const auto picture = scan::first_picture(*file);
    return picture ? shown(*picture) : Picture{};
}

std::vector<PageMark> page_marks(const domain::Form& checks) {
    std::vector<PageMark> marks;
    for (const char* boxes : {"change_boxes", "unsure_boxes"})  // "x,y,w,h;…" in mm of an A4 sheet
        for (std::string_view box : split(domain::value_of(checks, boxes), ';')) {
            double x = 0, y = 0, width = 0, height = 0;
            if (std::sscanf(std::string(box).c_str(), "%lf,%lf,%lf,%lf", &x, &y, &width, &height) == 4)
                marks.push_back({(x - kMarkMargin) / sheet::kWidth, (y - kMarkMargin) / sheet::kHeight,
                                 (width + 2 * kMarkMargin) / sheet::kWidth,
                                 (height + 2 * kMarkMargin) / sheet::kHeight});
        }
    return marks;
}

}  // namespace wq::ui
