// One registration in full: where it stands, what stands in it, and everything that happened to it, with
// comments, how far each act has come, and what can be done now (R13, R16).
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
    void build_acts(Stack& body);
    void build_files(Stack& body);
    void print_slip();
    void open_act(domain::Action action);
    void add_paper(std::vector<FooterButton>& buttons);
    void build_values(Stack& body, const std::string& name, const std::vector<desk::NamedValue>& values);
    void build_history(Stack& body);

    Uuid id_;
    std::optional<desk::RecordView> view_;
    std::vector<domain::Action> actions_;
};

}  // namespace wq::ui::student
