// 用人单位协助回传 (R20): the link for the employer as a QR symbol to be photographed, until when it opens,
// and taking it back. Opening the screen shows the link that is open, or makes one.
#pragma once

#include "kiosk/ui/student/kiosk.h"

namespace wq::ui::student {

class LinkScreen : public StudentScreen {
  public:
    LinkScreen(Shell& shell, Kiosk& kiosk, Uuid id);

    void build(Stack& body) override;
    std::vector<FooterButton> footer() override;

  protected:
    void refresh() override;

  private:
    void build_link(Stack& body, const desk::ShownLink& link);
    void act(domain::Action action);
    void show(Result<desk::RecordView> view);

    Uuid id_;
    bool taken_back_ = false;
    std::optional<desk::RecordView> view_;
};

}  // namespace wq::ui::student
