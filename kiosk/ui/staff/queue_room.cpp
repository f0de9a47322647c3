#include "kiosk/ui/staff/queue_room.h"

#include "kiosk/ui/table.h"

#include <algorithm>

namespace wq::ui::staff {
namespace {

constexpr std::size_t kMostRows = 500;

Colour colour_of(desk::Tone tone) {
    switch (tone) {
        case desk::Tone::good:
            return Colour::success;
        case desk::Tone::bad:
            return Colour::danger;
        case desk::Tone::attention:
            return Colour::warning;
        case desk::Tone::info:
        case desk::Tone::plain:
            return Colour::muted;
    }
    return Colour::muted;
}

std::vector<Cell> cells_of(const desk::QueueRow& row) {
    return {{row.row.student_name, row.row.exam_number, Colour::muted, true},
            {row.row.department, ""},
            {row.row.employer_name, row.note, colour_of(row.note_tone)},
            {row.status, row.when}};
}

}  // namespace

QueueRoom::QueueRoom(wxWindow* parent, Screen& screen, Office& office, bool mine, std::function<void()> acted)
    : Pane(parent, screen, office, 0), mine_(mine), acted_(std::move(acted)) {
    Stack* work = add(row(this, 1, Colour::line), {1});
    Stack* list = work->add(column(work, 0, Colour::surface), {44});
    table_ = list->add(new Table(list, "desk.queue",
                                 {{say("staff.column.student"), 105},
                                  {say("staff.column.department"), 110},
                                  {say("staff.column.employer"), 220},
                                  {say("staff.column.state"), 150}},
                                 true),
                       {1});
    table_->set_empty_text(say(mine_ ? "staff.nothing_waits" : "staff.nothing_there"));
    table_->on_select([this](std::size_t row) { select(row); });
    more_ = list->add(
        new NoteBox(list, Tone::blue, "", say("staff.more", {{"count", std::to_string(kMostRows)}})));
    more_->Hide();
    review_ =
        work->add(new ReviewPane(work, screen, office, [this](const auto& record) { told(record); }), {56});
}

void QueueRoom::refresh() {
    work(
        [session = office().session(), mine = mine_, text = text_, speech = app().speech()](Rooms& rooms) {
            return rooms.staff.queue(session, mine, text, speech, kMostRows);
        },
        [this, asked = text_](std::vector<desk::QueueRow> rows) {
            if (asked == text_) show(std::move(rows));  // else the answer to what is wanted now is on its way
        });
}

void QueueRoom::search(const std::string& text) {
    text_ = text;
    refresh();
}

// The registration that was chosen stays so where it is still in the list.
void QueueRoom::show(std::vector<desk::QueueRow> rows) {
    const auto before = table_->selected() < rows_.size() ? rows_[table_->selected()].row.id : Uuid{};
    rows_ = std::move(rows);
    table_->set_rows(rows_.size(), [this](std::size_t row) { return cells_of(rows_[row]); });
    more_->Show(rows_.size() == kMostRows);
    lay_out_again(*table_);
    if (rows_.empty()) return review_->show_nothing();
    const auto same =
        std::ranges::find(rows_, before, [](const desk::QueueRow& row) { return row.row.id; });
    const std::size_t wanted =
        same != rows_.end() ? static_cast<std::size_t>(same - rows_.begin()) : table_->selected();
    const bool moves = wanted != table_->selected();
    table_->select(wanted);  // which tells us where it moves
    if (!moves) select(wanted);
}

void QueueRoom::select(std::size_t row) {
    if (row < rows_.size()) review_->show(rows_[row].row.id);
}

void QueueRoom::told(const Result<domain::Registration>& record) {
    if (record)
        shell().say(Tone::green,
                    say("staff.acted", {{"state", say("state." + std::string(domain::name_of(record->state)))}}));
    else
        shell().say(Tone::red, say(record.error()));
    refresh();
    acted_();
}

}  // namespace wq::ui::staff
