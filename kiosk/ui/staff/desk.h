// The desk: the rooms of this role at the left, the chosen one beside it. Letters act on the selected
// registration: A passes, R sends back, X rejects, W withdraws; arrows choose.
#pragma once

#include "kiosk/ui/staff/pane.h"

namespace wq::ui {
class Field;
class Sidebar;
}  // namespace wq::ui

namespace wq::ui::staff {

class DeskScreen : public StaffScreen {
  public:
    DeskScreen(Shell& shell, Office& office);

    void build(Stack& body) override;
    bool shows_header() const override { return false; }
    void entered() override;
    void escape() override {}

  private:
    Pane* make_room(wxWindow* parent);
    void build_top(Stack& top);
    void go_to(const std::string& room);
    void count();  // what waits, beside the rooms' names
    void on_key(wxKeyEvent& event);

    std::string name_;  // of the room
    Sidebar* sidebar_ = nullptr;
    Pane* room_ = nullptr;
    Field* search_ = nullptr;
};

}  // namespace wq::ui::staff
