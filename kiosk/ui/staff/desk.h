// The desk: its rooms at the left (what waits, scanning, everything, sync), the chosen one beside it. Keys
// act on the selected registration: A passes, R sends back, X rejects, W withdraws, arrows choose.
#pragma once

#include "kiosk/ui/staff/review_pane.h"
#include "kiosk/ui/staff/staff.h"

#include <vector>

namespace wq::ui {
class Field;
class Sidebar;
class Table;
}  // namespace wq::ui

namespace wq::ui::staff {

class DeskScreen : public StaffScreen {
  public:
    DeskScreen(Shell& shell, Office& office);

    void build(Stack& body) override;
    bool shows_header() const override { return false; }
    void entered() override { refresh(); }
    void escape() override {}

  private:
    void build_top(Stack& right);
    void build_queue(Stack& room);
    void build_scan(Stack& room);
    void build_sync(Stack& room);
    void go_to(const std::string& room);

    void refresh();  // counts, and the rows of the room
    void show_rows();
    void select(std::size_t row);
    void acted(const Result<domain::Registration>& record);
    void take_pages();
    void sync_now();
    bool is_queue() const { return room_ == "review" || room_ == "all"; }
    void on_key(wxKeyEvent& event);

    std::string room_ = "review";
    std::string search_;
    std::vector<desk::QueueRow> rows_;
    std::int64_t waiting_ = 0;
    desk::SyncState sync_;
    std::vector<desk::PageResult> results_;
    std::vector<store::TrayItem> tray_;
    bool busy_ = false;

    Sidebar* sidebar_ = nullptr;
    Table* table_ = nullptr;
    Field* search_field_ = nullptr;
    ReviewPane* pane_ = nullptr;
};

}  // namespace wq::ui::staff
