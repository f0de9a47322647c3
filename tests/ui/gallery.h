// The gallery's pages: the design's screens and every control in every state, built from the kit with
// invented content. What a page shows here, the program's screens can show.
#pragma once

#include "kiosk/ui/page_view.h"
#include "kiosk/ui/shell.h"

#include <string>

namespace wq::ui::gallery {

void open_kiosk_page(Shell& shell, const std::string& page);  // see gallery_kiosk.cpp for the names
void open_desk(Shell& shell);

// A white sheet with lines of grey and a red seal.
struct SheetLook {
    int width;
    int height;
    bool seal;
};
Picture sheet(SheetLook look);

}  // namespace wq::ui::gallery
