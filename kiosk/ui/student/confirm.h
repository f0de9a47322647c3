// The graduate's 15 fields of base data, to be confirmed once before anything else (R12). What is wrong is
// corrected by the school, not here: the screen says by whom.
#pragma once

#include "kiosk/ui/student/kiosk.h"

#include <vector>

namespace wq::ui::student {

class ConfirmScreen : public StudentScreen {
  public:
    // `only_look`: 我的信息, from the list, confirmed long since.
    ConfirmScreen(Shell& shell, Kiosk& kiosk, bool only_look = false);

    void build(Stack& body) override;
    std::vector<FooterButton> footer() override;

  protected:
    void refresh() override;

  private:
    void tell_contact();
    void confirm();

    const bool only_look_;
    std::int64_t seen_ = 0;  // the revision that is shown
    std::vector<desk::NamedValue> values_;
};

}  // namespace wq::ui::student
