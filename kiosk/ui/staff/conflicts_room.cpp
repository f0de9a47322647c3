#include "kiosk/ui/staff/conflicts_room.h"

#include "kiosk/ui/button.h"
#include "kiosk/ui/card.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/scroll_area.h"
#include "kiosk/ui/shown.h"
#include "kiosk/ui/table.h"

namespace wq::ui::staff {
namespace {

void add_version(Stack& halves, const std::string& name, const std::string& title, const std::string& line,
                 const std::vector<desk::NamedValue>& values) {
    auto* scroll = halves.add(new ScrollArea(&halves, Colour::paper, px(8)), {1});
    Card* card = scroll->content()->add(new Card(scroll->content(), px(8)));
    card->set_padding(px(18), px(14), px(18), px(10));
    card->add(new Label(card, Type::section, Colour::ink, title));
    card->add(new Label(card, Type::note, Colour::muted, line));
    std::vector<KeyValueList::Row> rows;
    for (const desk::NamedValue& value : values) rows.push_back({value.label, value.value});
    card->add(new KeyValueList(card, name, std::move(rows)));
}

}  // namespace

ConflictsRoom::ConflictsRoom(wxWindow* parent, Screen& screen, Office& office, std::function<void()> settled)
    : Pane(parent, screen, office, px(14)), settled_(std::move(settled)) {
    set_padding(px(20));
    add(new Label(this, Type::body, Colour::muted, say("staff.conflicts.note")));
    table_ = add(new Table(this, "desk.conflicts",
                           {{say("staff.column.student"), 3},
                            {say("staff.conflicts.act"), 2},
                            {say("staff.column.reason"), 4},
                            {say("staff.column.time"), 2}},
                           false),
                 {2});
    table_->set_empty_text(say("staff.conflicts.none"));
    table_->on_select([this](std::size_t conflict) { look_at(conflict); });
    versions_ = add(row(this, px(14), Colour::paper), {5});
    reason_ = add(new Field(this, {"desk.conflict.reason", "", true, say("staff.conflicts.reason")}));
    Stack* foot = add(row(this, px(12), Colour::paper));
    foot->add(new Button(foot, "desk.conflict.give_back", say("staff.conflicts.give_back"),
                         ButtonKind::secondary, [this] { settle(true); }),
              {1});
    foot->add(new Button(foot, "desk.conflict.settle", say("staff.conflicts.settle"), ButtonKind::primary,
                         [this] { settle(false); }),
              {1});
}

void ConflictsRoom::refresh() {
    work([speech = app().speech()](Rooms& rooms) { return desk::conflicts_of(rooms.home, speech); },
         [this](std::vector<desk::ConflictView> conflicts) { show(std::move(conflicts)); });
}

void ConflictsRoom::show(std::vector<desk::ConflictView> conflicts) {
    conflicts_ = std::move(conflicts);
    table_->set_rows(conflicts_.size(), [this](std::size_t i) -> std::vector<Cell> {
        const desk::ConflictView& view = conflicts_[i];
        return {{view.student, "", Colour::muted, true},
                {view.who + " · " + view.what},
                {view.why, "", Colour::muted, false, Colour::warning},
                {view.when}};
    });
    look_at(table_->selected());
}

void ConflictsRoom::look_at(std::size_t conflict) {
    versions_->clear();
    if (conflict < conflicts_.size()) {
        const desk::ConflictView& view = conflicts_[conflict];
        add_version(*versions_, "desk.conflict.ours", say("staff.conflicts.ours"),
                    view.what + " · " + view.when, view.ours);
        add_version(*versions_, "desk.conflict.theirs", say("staff.conflicts.theirs"), view.theirs_title,
                    view.theirs);
    }
    lay_out_again(*this);
}

void ConflictsRoom::settle(bool give_back) {
    const std::size_t at = table_->selected();
    if (at >= conflicts_.size()) return;
    if (give_back && !conflicts_[at].can_give_back)
        return shell().say(Tone::amber, say("staff.conflicts.nothing"));
    act([event = conflicts_[at].conflict.event, reason = reason_->value(), give_back,
         session = office().session()](
            Rooms& rooms) { return desk::settle_conflict(rooms.home, session, event, reason, give_back); },
        [this](const Result<void>& settled) {
            if (!settled) {
                reason_->set_error(say(settled.error()));
                return reason_->focus();
            }
            reason_->set_value("");
            reason_->set_error({});
            shell().say(Tone::green, say("staff.conflicts.settled"));
            refresh();
            settled_();
        });
}

}  // namespace wq::ui::staff
