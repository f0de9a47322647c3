// Printing from a screen: one at a time, on the printer's own thread. While it waits it says what the printer
// says and the one thing to do; "printed" is said only when the printer said so (R37, R55). A visit that ends
// cancels it: nobody is there to take the paper.
#pragma once

#include "kiosk/desk/printing.h"
#include "kiosk/ui/student/kiosk.h"

#include <functional>

namespace wq::ui::student {

// Tells the copy's number and what comes next, or what went wrong. `printed` is called after a success, if
// `screen` is still there.
void print_agreement(Kiosk& kiosk, Screen& screen, const Uuid& id, std::function<void()> printed);

// The same for a paper without copies: a form, a receipt. `text` is what is said when it is out (wording
// key); `make` runs on the desk thread.
void print_paper(Kiosk& kiosk, Screen& screen, const std::string& text,
                 std::function<Result<Bytes>(Rooms&)> make);

}  // namespace wq::ui::student
