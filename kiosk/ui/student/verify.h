// Anybody's look at an agreement's code (R35): who issued it and what it says, from a code reader that types,
// the keyboard, or a page on the scanner. It proves the code; the screen asks to compare the paper.
#pragma once

#include "kiosk/desk/verifying.h"
#include "kiosk/ui/student/kiosk.h"

namespace wq::ui {
class Field;
}

namespace wq::ui::student {

class VerifyScreen : public StudentScreen {
  public:
    VerifyScreen(Shell& shell, Kiosk& kiosk);

    void build(Stack& body) override;
    std::vector<FooterButton> footer() override;

  protected:
    void refresh() override;

  private:
    // What to verify: a code's text, or else what lies on the scanner.
    void verify(std::optional<std::string> text);
    void build_question(Stack& body);
    void build_answer(Stack& body, const desk::Verification& verification);
    void again();

    std::optional<Result<desk::Verification>> answer_;
    Field* code_ = nullptr;
};

}  // namespace wq::ui::student
