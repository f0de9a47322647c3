// The room of scanning (R38, R41): a batch from the scanner, the scan folder or chosen files, a line for each
// page as it comes, sorted into what is done and what needs a hand; below it the tray of pages that nobody's
// code told. Any of them is looked at beside it. The batch itself is ScanBatch and goes on when the room is
// left.
#pragma once

#include "kiosk/ui/staff/pane.h"
#include "kiosk/ui/staff/scan_batch.h"

#include <memory>
#include <vector>

namespace wq::ui {
class Button;
struct Cell;
class Field;
class PageView;
class ProgressBar;
class Table;
}  // namespace wq::ui

namespace wq::ui::staff {

class PagePair;

class ScanRoom : public Pane {
  public:
    // `taken` after files have changed what waits: the desk counts again.
    ScanRoom(wxWindow* parent, Screen& screen, Office& office, std::function<void()> taken);

    void refresh() override;  // the tray, and what there is to scan with

  private:
    enum class Shown { all, done, hand };

    void build_head();
    void build_results(Stack& left);
    void build_tray(Stack& left);
    void build_side(Stack& right);

    ScanBatch& batch() const { return *batch_; }
    void begin(ScanBatch::From from);
    void choose_files();
    void changed();
    void show_batch();
    void show_results();
    void show(Shown shown);
    std::vector<Cell> cells(const desk::PageResult& result) const;

    void look_at_page(std::size_t row);
    void show_tray(std::vector<store::TrayItem> tray);
    void look_at_item(std::size_t item);
    void assign();
    void dismiss();
    const store::TrayItem* chosen() const;

    std::function<void()> taken_;
    std::shared_ptr<ScanBatch> batch_;
    Shown shown_ = Shown::all;
    std::vector<std::size_t> rows_;  // results in the table
    std::vector<store::TrayItem> tray_;
    std::int64_t looked_at_ = 0;  // tray item whose picture was asked for last; 0 while a page is looked at
    std::size_t asked_ = 0;       // pictures asked for: only the last is shown
    bool was_running_ = false;

    Stack* sources_ = nullptr;
    Button* scanner_ = nullptr;
    Stack* running_ = nullptr;
    ProgressBar* progress_ = nullptr;
    NoteBox* summary_ = nullptr;
    Stack* filters_ = nullptr;
    Button *all_ = nullptr, *done_ = nullptr, *by_hand_ = nullptr;
    Table* pages_ = nullptr;
    Label* tray_title_ = nullptr;
    Table* tray_table_ = nullptr;
    PagePair* pair_ = nullptr;
    Stack* hand_ = nullptr;
    PageView* picture_ = nullptr;
    NoteBox* likely_ = nullptr;
    Field* number_ = nullptr;
    Field* page_ = nullptr;
};

}  // namespace wq::ui::staff
