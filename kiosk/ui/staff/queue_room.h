// The room of registrations: those that wait for this person, or all in scope, at the left; the chosen one
// under review beside it.
#pragma once

#include "kiosk/ui/staff/review_pane.h"

#include <vector>

namespace wq::ui {
class Table;
}

namespace wq::ui::staff {

class QueueRoom : public Pane {
  public:
    // `acted` after each verdict: the desk counts again.
    QueueRoom(wxWindow* parent, Screen& screen, Office& office, bool mine, std::function<void()> acted);

    void refresh() override;
    bool searches() const override { return true; }
    void search(const std::string& text) override;
    bool key(char32_t letter) override { return review_->key(letter); }

  private:
    void show(std::vector<desk::QueueRow> rows);
    void select(std::size_t row);
    void told(const Result<domain::Registration>& record);

    bool mine_;
    std::function<void()> acted_;
    std::string text_;
    std::vector<desk::QueueRow> rows_;
    Table* table_ = nullptr;
    NoteBox* more_ = nullptr;
    ReviewPane* review_ = nullptr;
};

}  // namespace wq::ui::staff
