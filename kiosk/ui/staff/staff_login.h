// The login of career office and department staff. The same answer for a wrong account and a wrong password
// (R04); accounts are those of the employment system (R02).
#pragma once

#include "kiosk/ui/staff/staff.h"

namespace wq::ui {
class Field;
class NoteBox;
}  // namespace wq::ui

namespace wq::ui::staff {

class StaffLoginScreen : public StaffScreen {
  public:
    StaffLoginScreen(Shell& shell, Office& office);

    void build(Stack& body) override;
    bool shows_header() const override { return false; }
    void entered() override;
    void escape() override {}

  private:
    void enter();
    void show(const Refusal& why);

    Field* account_ = nullptr;
    Field* password_ = nullptr;
    NoteBox* trouble_ = nullptr;
    std::optional<Refusal> why_;
};

}  // namespace wq::ui::staff
