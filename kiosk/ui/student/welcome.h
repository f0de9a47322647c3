// The first screen: what can be done here, and how the machine is. Nothing personal; whoever comes begins
// here, and every visit ends here.
#pragma once

#include "kiosk/desk/printing.h"
#include "kiosk/ui/student/kiosk.h"

namespace wq::ui::student {

class WelcomeScreen : public StudentScreen {
  public:
    WelcomeScreen(Shell& shell, Kiosk& kiosk);

    void build(Stack& body) override;
    void escape() override {}

  protected:
    void refresh() override;

  private:
    struct Status {
        CampusFacts facts;
        devices::PrinterState printer = devices::PrinterState::ready;
        bool scanner = false;
        std::int64_t waiting = 0;
    };
    void refresh_printer(devices::PrinterChoice printer, std::vector<desk::OpenPrint> left_open);
    void build_title(Stack& hero);
    void build_cards(Stack& cards);
    void build_status(Stack& cards);

    std::optional<Status> status_, next_status_;
};

}  // namespace wq::ui::student
