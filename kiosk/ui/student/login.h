// Who is here: account and password, checked on this machine without a network (R02–R04). Tells where to
// recover or register; never resets a password itself.
#pragma once

#include "kiosk/ui/student/kiosk.h"

namespace wq::ui {
class Field;
class NoteBox;
}  // namespace wq::ui

namespace wq::ui::student {

class LoginScreen : public StudentScreen {
  public:
    LoginScreen(Shell& shell, Kiosk& kiosk);

    void build(Stack& body) override;
    std::vector<FooterButton> footer() override;

  private:
    void enter();
    void show(const Refusal& why);
    void tell_forgot();

    Field* account_ = nullptr;
    Field* password_ = nullptr;
    NoteBox* trouble_ = nullptr;
    std::optional<Refusal> why_;
};

}  // namespace wq::ui::student
