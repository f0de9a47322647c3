// The screen that opens here is built next; it can be left.
// Not for what is done on it: kiosk/desk.
#pragma once
#include "kiosk/ui/student/kiosk.h"
namespace wq::ui::student {
class FormScreen : public StudentScreen {
  public:
    FormScreen(Shell& shell, Kiosk& kiosk, store::Draft)
        : StudentScreen(shell, kiosk, "form", Body::scrolling) {}
    void build(Stack&) override {}
    std::vector<FooterButton> footer() override { return {back_button()}; }
};
}  // namespace wq::ui::student
