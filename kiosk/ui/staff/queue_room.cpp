#include "kiosk/ui/staff/queue_room.h"

#include "kiosk/ui/button.h"
#include "kiosk/ui/chips.h"
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
    if (mine_) build_batch(*list);
    build_filter(*list);
    table_ = list->add(new Table(list, "desk.queue",
                                 {{say("staff.column.student"), 105},
                                  {say("staff.column.department"), 110},
                                  {say("staff.column.employer"), 220},
                                  {say("staff.column.state"), 150}},
                                 true),
                       {1});
    table_->on_select([this](std::size_t row) { select(row); });
    more_ = list->add(
        new NoteBox(list, Tone::blue, "", say("staff.more", {{"count", std::to_string(kMostRows)}})));
    more_->Hide();
    review_ =
        work->add(new ReviewPane(work, screen, office, [this](const auto& record) { told(record); }), {56});
}

QueueRoom::~QueueRoom() {
    if (!held_.empty())
        shell().say(Tone::amber, say("staff.batch.left", {{"count", std::to_string(held_.size())}}));
}

void QueueRoom::build_filter(Stack& list) {
    std::vector<Chips::Chip> chips;
    for (const char* kind : {"online", "offline", "supplement", "destination"})
        chips.push_back({kind, say("kind." + std::string(kind)), false});
    chips.push_back({"flagged", say("staff.filter.flagged"), false});
    Stack* line = list.add(row(&list, px(10), Colour::surface));
    line->set_padding(px(14), px(8), px(14), px(8));
    filter_ = line->add(new Chips(line, "desk.filter", std::move(chips)), {1});
    filter_->on_change([this] { refresh(); });
}

desk::QueueFilter QueueRoom::filter() const {
    desk::QueueFilter only;
    for (const std::string& chosen : filter_->chosen())
        if (const auto kind = domain::kind_named(chosen))
            only.kinds.push_back(*kind);
        else
            only.flagged = true;
    return only;
}

void QueueRoom::build_batch(Stack& list) {
    batch_line_ = list.add(row(&list, px(10), Colour::surface));
    batch_line_->set_padding(px(14), px(8), px(14), px(8));
    batch_label_ = batch_line_->add(new Label(batch_line_, Type::note, Colour::muted, ""), {1, 0, true});
    batch_button_ =
        batch_line_->add(new Button(batch_line_, "desk.batch", say("staff.batch"), ButtonKind::secondary,
                                    [this] { held_.empty() ? ask_batch() : undo(); }));
    timer_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { tick(); });
}

void QueueRoom::ask_batch() {
    work([session = office().session()](
             Rooms& rooms) { return desk::prepare_batch(rooms.home, rooms.staff, session); },
         [this](desk::Batch batch) {
             const Args args{{"count", std::to_string(batch.clean.size())},
                             {"pulled", std::to_string(batch.pulled)},
                             {"flagged", std::to_string(batch.flagged)}};
             Question question{"batch",
                               Icon::check,
                               Tone::blue,
                               say("staff.batch.title", args),
                               say("staff.batch.text", args),
                               {}};
             if (batch.clean.empty()) {
                 question.title = say("staff.batch.empty");
                 question.answers = {{"batch.no", say("ui.close"), ButtonKind::primary, [] {}}};
             } else {
                 question.answers = {{"batch.no", say("staff.cancel"), ButtonKind::quiet, [] {}},
                                     {"batch.yes", say("staff.batch.yes", args), ButtonKind::success,
                                      [this, batch, here = life()] {
                                          if (!here.expired()) hold(batch);
                                      }}};
             }
             shell().ask(std::move(question));
         });
}

void QueueRoom::hold(desk::Batch batch) {
    held_ = std::move(batch.clean);
    seconds_ = kSecondsToUndo + 1;
    batch_button_->set_label(say("staff.batch.undo"));
    timer_.Start(1000);
    tick();
}

void QueueRoom::tick() {
    if (--seconds_ <= 0) return pass_held();
    batch_label_->set_text(say("staff.batch.held", {{"count", std::to_string(held_.size())},
                                                    {"seconds", std::to_string(seconds_)}}));
    lay_out_again(*this);
}

void QueueRoom::undo() {
    timer_.Stop();
    held_.clear();
    batch_button_->set_label(say("staff.batch"));
    batch_label_->set_text("");
    lay_out_again(*this);
}

void QueueRoom::pass_held() {
    work([session = office().session(),
          items = held_](Rooms& rooms) { return desk::pass_batch(rooms.staff, session, items); },
         [this](const desk::BatchDone& done) {
             const Args args{{"count", std::to_string(done.passed)},
                             {"refused", std::to_string(done.refused.size())}};
             shell().say(done.refused.empty() ? Tone::green : Tone::amber,
                         say(done.refused.empty() ? "staff.batch.done" : "staff.batch.partly", args));
             refresh();
             acted_();
         });
    undo();
}

void QueueRoom::refresh() {
    work([session = office().session(), mine = mine_, text = text_, speech = app().speech(), only = filter()](
             Rooms& rooms) { return rooms.staff.queue(session, mine, text, speech, kMostRows, 0, only); },
         [this, asked = text_](std::vector<desk::QueueRow> rows) {
             if (asked == text_)
                 show(std::move(rows));  // else the answer to what is wanted now is on its way
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
    table_->set_empty_text(say(mine_ ? "staff.nothing_waits" : "staff.nothing_there"));
    table_->set_rows(rows_.size(), [this](std::size_t row) { return cells_of(rows_[row]); });
    more_->Show(rows_.size() == kMostRows);
    lay_out_again(*table_);
    if (rows_.empty()) return review_->show_nothing();
    const auto same = std::ranges::find(rows_, before, [](const desk::QueueRow& row) { return row.row.id; });
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
        shell().say(
            Tone::green,
            say("staff.acted", {{"state", say("state." + std::string(domain::name_of(record->state)))}}));
    else
        shell().say(Tone::red, say(record.error()));
    refresh();
    acted_();
}

}  // namespace wq::ui::staff
