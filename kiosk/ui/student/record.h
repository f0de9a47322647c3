// One registration in full: where it stands, what stands in it, and everything that happened to it, with
// comments and how far each act has come (R13, R16).
#pragma once

#include "kiosk/ui/student/kiosk.h"

namespace wq::ui::student {

class RecordScreen : public StudentScreen {
  public:
    RecordScreen(Shell& shell, Kiosk& kiosk, Uuid id);

    void build(Stack& body) override;
    std::vector<FooterButton> footer() override;

  protected:
    void refresh() override;

  private:
    void build_head(Stack& body);
    void build_values(Stack& body, const std::string& name, const std::vector<desk::NamedValue>& values);
    void build_history(Stack& body);

    Uuid id_;
    std::optional<desk::RecordView> view_;
};

}  // namespace wq::ui::student
