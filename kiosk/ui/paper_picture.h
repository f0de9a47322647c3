// Pages of paper as the windows show them: what pdf/scan reads, turned into the kit's pictures and marks. Not
// for reading them: these run on the desk thread beside what does. Throw nothing.
#pragma once

#include "data/domain/form.h"
#include "kiosk/ui/page_view.h"
#include "pdf/scan/picture.h"

#include <vector>

namespace wq::ui {

Picture shown(const scan::Picture& picture);

// The first picture of a kept file; an empty one where there is none to show.
Picture shown_file(const std::optional<Bytes>& file);

// What differs, and then what could not be compared, of ReturnedPage::checks; each a little larger than it
// is, so that the frame does not cover it.
std::vector<PageMark> page_marks(const domain::Form& checks);

}  // namespace wq::ui
