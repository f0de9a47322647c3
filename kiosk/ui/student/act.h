// One thing to do to a registration beside filling it in: answer an invitation, ask for a termination or
// answer one, take back, cancel, delete. Says what it leads to, asks for what it needs, then does it. What
// may be done follows from the lifecycle's tables.
#pragma once

#include "kiosk/ui/student/materials.h"

namespace wq::ui {
class Field;
}

namespace wq::ui::student {

class ActScreen : public StudentScreen {
  public:
    ActScreen(Shell& shell, Kiosk& kiosk, desk::RecordView view, domain::Action action);

    void build(Stack& body) override;
    std::vector<FooterButton> footer() override;

  protected:
    void refresh() override { rebuild(); }

  private:
    void build_application(Stack& body);
    std::optional<PrintButton> print_button();
    void act();
    void look_again();
    std::string key(const std::string& part) const;

    desk::RecordView view_;
    domain::Action action_;
    domain::Asked asked_;
    Attachments attachments_;
    std::string reason_;
    domain::Form form_;
    Field* field_ = nullptr;
};

}  // namespace wq::ui::student
