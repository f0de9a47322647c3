// Pages of paper as the windows show them: what pdf/scan reads, turned into the kit's pictures and marks. Not
// for reading them: these run on the desk thread beside what does. Throw nothing.
#pragma once

#include "kiosk/ui/page_view.h"
#include "pdf/scan/picture.h"

#include <string_view>
#include <vector>

namespace wq::ui {

Picture shown(const scan::Picture& picture);

// The first picture of a kept file; an empty one where there is none to show.
Picture shown_file(const std::optional<Bytes>& file);

// `boxes` as in ReturnedPage::checks ("x,y,w,h;…" in mm of an A4 sheet), a little larger than the change, so
// that the frame does not cover it.
std::vector<PageMark> change_marks(std::string_view boxes);

}  // namespace wq::ui
