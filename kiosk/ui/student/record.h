// The screen that opens here is built next; it can be left.
// Not for what is done on it: kiosk/desk.
#pragma once
#include "kiosk/ui/student/kiosk.h"
namespace wq::ui::student {
class RecordScreen : public StudentScreen {
  public:
    RecordScreen(Shell& shell, Kiosk& kiosk, Uuid) : StudentScreen(shell, kiosk, "record", Body::scrolling) {}
    void build(Stack&) override {}
    std::vector<FooterButton> footer() override { return {back_button()}; }
};
}  // namespace wq::ui::student
