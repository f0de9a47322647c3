// Printing an agreement from a screen: one at a time, and "printed" is said only when the printer said so
// (R37, R55).
#pragma once

#include "kiosk/ui/student/kiosk.h"

#include <functional>

namespace wq::ui::student {

// Prints on the desk thread, then tells the copy's number and what comes next, or what went wrong. `printed`
// is called after a success, if `screen` is still there.
void print_agreement(Kiosk& kiosk, Screen& screen, const Uuid& id, std::function<void()> printed);

// The same for a paper without copies: a form, a receipt. `text` is what is said when it is out (wording
// key); `make` runs on the desk thread.
void print_paper(Kiosk& kiosk, Screen& screen, const std::string& text,
                 std::function<Result<Bytes>(Rooms&)> make);

}  // namespace wq::ui::student
