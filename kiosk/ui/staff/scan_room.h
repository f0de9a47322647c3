// The room of scanning (R38, R41): takes the scan folder file by file, a line for each page as it comes, and
// lets a person settle what lies in the tray, the page's picture in view.
#pragma once

#include "kiosk/ui/staff/pane.h"

#include <memory>
#include <vector>

namespace wq::ui {
class Button;
class Field;
class PageView;
class Table;
}  // namespace wq::ui

namespace wq::ui::staff {

class ScanRoom : public Pane {
  public:
    // `taken` after files have changed what waits: the desk counts again.
    ScanRoom(wxWindow* parent, Screen& screen, Office& office, std::function<void()> taken);

    void refresh() override;  // the tray

  private:
    void build_results(Stack& left);
    void build_tray(Stack& left);
    void build_picture(Stack& right);

    void take_all();
    void take_next(const std::shared_ptr<devices::FilePages>& files, std::size_t done);
    void ended();
    void tell_progress(std::size_t done, std::size_t all);
    void show_results();
    void show_tray(std::vector<store::TrayItem> tray);
    void look_at(std::size_t item);
    void assign();
    void dismiss();
    const store::TrayItem* chosen() const;

    std::function<void()> taken_;
    std::vector<desk::PageResult> results_;
    std::vector<store::TrayItem> tray_;
    std::int64_t looked_at_ = 0;  // tray item whose picture was asked for last

    Button* take_ = nullptr;
    NoteBox* summary_ = nullptr;
    Table* pages_ = nullptr;
    Label* tray_title_ = nullptr;
    Table* tray_table_ = nullptr;
    Stack* hand_ = nullptr;
    PageView* picture_ = nullptr;
    Field* number_ = nullptr;
    Field* page_ = nullptr;
};

}  // namespace wq::ui::staff
