// 我的签约: everything that is this student's, each with its stage, its next step and what can be done with
// it now, and what can be begun (R13).
#pragma once

#include "kiosk/ui/student/kiosk.h"

#include <vector>

namespace wq::ui::student {

class HomeScreen : public StudentScreen {
  public:
    HomeScreen(Shell& shell, Kiosk& kiosk);

    void build(Stack& body) override;
    void escape() override {}

  protected:
    void refresh() override;

  private:
    void build_item(Stack& body, const desk::HomeItem& item, std::size_t index);
    void build_actions(Stack& card, const desk::HomeItem& item, std::size_t index);
    void build_new(Stack& body);
    void act(const desk::HomeItem& item, const std::string& action);
    void begin(domain::Kind kind);
    void choose_destination(const store::Draft& draft);
    void tell_hindrance(const Refusal& why);
    void edit(const Uuid& id);
    void ask_discard(const desk::HomeItem& item);
    void discard(const Uuid& id);

    std::vector<desk::HomeItem> items_;
    std::optional<desk::StudentDesk::DeadlineNote> deadline_;
    bool loaded_ = false;
};

}  // namespace wq::ui::student
