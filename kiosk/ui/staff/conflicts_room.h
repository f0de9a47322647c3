// The room of acts that lost to others (R18): both versions side by side, and settled. Who won was decided by
// the platform and is not asked here.
#pragma once

#include "kiosk/desk/conflicts.h"
#include "kiosk/ui/staff/pane.h"

#include <functional>
#include <vector>

namespace wq::ui {
class Field;
class Table;
}  // namespace wq::ui

namespace wq::ui::staff {

class ConflictsRoom : public Pane {
  public:
    // `settled` after each: the desk counts again.
    ConflictsRoom(wxWindow* parent, Screen& screen, Office& office, std::function<void()> settled);

    void refresh() override;

  private:
    void show(std::vector<desk::ConflictView> conflicts);
    void look_at(std::size_t conflict);
    void settle(bool give_back);

    std::function<void()> settled_;
    std::vector<desk::ConflictView> conflicts_;
    Table* table_ = nullptr;
    Stack* versions_ = nullptr;
    Field* reason_ = nullptr;
};

}  // namespace wq::ui::staff
