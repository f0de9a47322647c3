// The room of registrations: those that wait for this person, or all in scope, at the left; the chosen one
// under review beside it.
#pragma once

#include "kiosk/desk/batch.h"
#include "kiosk/ui/staff/review_pane.h"

#include <wx/timer.h>

#include <vector>

namespace wq::ui {
class Button;
class Chips;
class Label;
class Table;
}  // namespace wq::ui

namespace wq::ui::staff {

class QueueRoom : public Pane {
  public:
    // `acted` after each verdict: the desk counts again.
    QueueRoom(wxWindow* parent, Screen& screen, Office& office, bool mine, std::function<void()> acted);
    ~QueueRoom() override;  // a batch that could still be undone is not passed, and that is said

    void refresh() override;
    bool searches() const override { return true; }
    void search(const std::string& text) override;
    const char* keys() const override { return "staff.keys"; }
    bool key(char32_t letter) override { return review_->key(letter); }

  private:
    void build_filter(Stack& list);
    desk::QueueFilter filter() const;
    void show(std::vector<desk::QueueRow> rows);
    void select(std::size_t row);
    void told(const Result<domain::Registration>& record);

    // R57: clean ones together, with ten seconds to think again.
    static constexpr int kSecondsToUndo = 10;
    void build_batch(Stack& list);
    void ask_batch();
    void hold(desk::Batch batch);
    void tick();
    void undo();
    void pass_held();

    bool mine_;
    std::function<void()> acted_;
    std::string text_;
    std::vector<desk::QueueRow> rows_;
    Chips* filter_ = nullptr;
    Table* table_ = nullptr;
    NoteBox* more_ = nullptr;
    ReviewPane* review_ = nullptr;
    std::vector<desk::BatchItem> held_;
    int seconds_ = 0;
    wxTimer timer_;
    Stack* batch_line_ = nullptr;
    Label* batch_label_ = nullptr;
    Button* batch_button_ = nullptr;
};

}  // namespace wq::ui::staff
