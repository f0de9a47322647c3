#include "kiosk/ui/staff/sync_room.h"

#include "kiosk/ui/button.h"
#include "kiosk/ui/card.h"

namespace wq::ui::staff {

SyncRoom::SyncRoom(wxWindow* parent, Screen& screen, Office& office, std::function<void()> synced)
    : Pane(parent, screen, office, px(14)), synced_(std::move(synced)) {
    set_padding(px(20));
}

void SyncRoom::refresh() {
    work([speech = app().speech()](Rooms& rooms) { return rooms.staff.sync_state(speech); },
         [this](const desk::SyncState& state) { build(state); });
}

void SyncRoom::build(const desk::SyncState& state) {
    clear();
    const bool done = state.outbox.waiting == 0 && state.pictures == 0;
    add(new NoteBox(this, done ? Tone::green : Tone::amber, "",
                    done ? say("staff.sync.all_sent")
                         : say("staff.sync.waiting", {{"events", std::to_string(state.outbox.waiting)},
                                                      {"pictures", std::to_string(state.pictures)}})));
    const auto text = [&](const std::string& value) {
        return value.empty() ? say("staff.sync.none") : value;
    };
    const auto tone = [](bool good) { return good ? Colour::ink : Colour::danger; };
    if (!state.clock.empty())
        add(new NoteBox(this, state.clock_wrong ? Tone::red : Tone::amber, "", state.clock));
    Card* facts = add(new Card(this, 0));
    facts->add(new KeyValueList(
        facts, "desk.sync",
        {{say("staff.sync.compared"), text(state.agreement), tone(state.agrees)},
         {say("staff.sync.platform"), text(state.platform)},
         {say("staff.sync.last_success"), text(state.last_success)},
         {say("staff.sync.last_fault"), text(state.last_fault), tone(state.last_fault.empty())},
         {say("staff.sync.next_try"), text(state.next_try)},
         {say("staff.sync.closed"), text(state.balance), tone(state.balances)},
         {say("staff.sync.recovery"), text(state.recovery)},
         {say("staff.sync.oldest"),
          state.outbox.waiting > 0 ? shown_time(state.outbox.oldest) : say("staff.sync.none")},
         {say("staff.sync.feed"), std::to_string(state.feed)},
         {say("staff.sync.rejected"), std::to_string(state.outbox.rejected)},
         {say("staff.sync.conflicts"), std::to_string(state.conflicts.size())}}));
    Stack* foot = add(row(this, px(14), Colour::paper));
    auto* now = foot->add(new Button(foot, "desk.sync_now", say(busy_ ? "staff.sync.busy" : "staff.sync.now"),
                                     ButtonKind::primary, [this] { sync_now(); }));
    now->set_usable(!busy_);
    foot->add_stretch();
    add_stretch();
    lay_out_again(*this);
}

void SyncRoom::sync_now() {
    busy_ = true;
    refresh();
    app().sync(life(), [this, here = screen().life()](Result<void> done) {
        if (here.expired()) return;
        busy_ = false;
        shell().say(done ? Tone::green : Tone::red, done ? say("staff.sync.done") : say(done.error()));
        refresh();
        synced_();
    });
}

}  // namespace wq::ui::staff
