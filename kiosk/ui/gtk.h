// The little that wx does not offer and GTK does. The only user of GTK in the program; nothing of GTK
// is in this header. UI thread only.
#pragma once

#include <wx/bitmap.h>
#include <wx/window.h>

namespace wq::ui {

// Call once, before the first window: takes away GTK's own frames and animations, fixes the resolution
// of text at 96 dpi (so that sizes in pixels are exact), and keeps an entry from selecting everything
// when it gets the focus.
void calm_gtk();

// What the window and everything in it shows now, drawn again into a picture of its own; works on X11
// and Wayland, covered or not.
wxBitmap picture_of(wxWindow& window);

}  // namespace wq::ui
