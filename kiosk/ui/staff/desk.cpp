#include "kiosk/ui/staff/desk.h"

#include "kiosk/ui/button.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/sidebar.h"
#include "kiosk/ui/staff/audit_room.h"
#include "kiosk/ui/staff/conflicts_room.h"
#include "kiosk/ui/staff/employers_room.h"
#include "kiosk/ui/staff/figures_room.h"
#include "kiosk/ui/staff/queue_room.h"
#include "kiosk/ui/staff/roster_room.h"
#include "kiosk/ui/staff/scan_room.h"
#include "kiosk/ui/staff/settings_room.h"
#include "kiosk/ui/staff/sync_room.h"

#include <wx/textctrl.h>

namespace wq::ui::staff {

namespace {

// Departments review and look; what is the school's own only the school has.
std::vector<std::string> rooms_of(domain::Role role) {
    if (role == domain::Role::school)
        return {"review",    "scan",     "all",       "figures", "roster",
                "employers", "settings", "conflicts", "sync",    "audit"};
    if (role == domain::Role::department) return {"review", "scan", "all", "figures", "roster"};
    return {"all", "figures", "settings", "audit"};
}

}  // namespace

DeskScreen::DeskScreen(Shell& shell, Office& office) : StaffScreen(shell, office, "desk", Body::whole) {
    name_ = rooms_of(office.session().actor.role).front();
    Bind(wxEVT_CHAR_HOOK, &DeskScreen::on_key, this);
}

void DeskScreen::build(Stack& body) {
    body.set_padding(0);
    Stack* halves = body.add(row(&body, 0, Colour::paper), {1});
    std::vector<SidebarItem> rooms;
    for (const std::string& name : rooms_of(office().session().actor.role))
        rooms.push_back({name, say("staff.room." + name)});
    sidebar_ = halves->add(new Sidebar(halves, "desk.rooms", say("app.desk"), std::move(rooms),
                                       [this](const std::string& room) { go_to(room); }));
    sidebar_->select(name_);
    Stack* right = halves->add(column(halves, 0, Colour::surface), {1});
    search_ = nullptr;
    Stack* top = right->add(row(right, px(12), Colour::surface), {0, px(67)});
    right->add(new Panel(right, Colour::line), {0, 1});
    room_ = right->add(make_room(right), {1});
    build_top(*top);
}

Pane* DeskScreen::make_room(wxWindow* parent) {
    const auto changed = [this] { count(); };
    if (name_ == "scan") return new ScanRoom(parent, *this, office(), changed);
    if (name_ == "roster") return new RosterRoom(parent, *this, office());
    if (name_ == "employers") return new EmployersRoom(parent, *this, office());
    if (name_ == "figures") return new FiguresRoom(parent, *this, office());
    if (name_ == "conflicts") return new ConflictsRoom(parent, *this, office(), changed);
    if (name_ == "settings") return new SettingsRoom(parent, *this, office());
    if (name_ == "audit") return new AuditRoom(parent, *this, office());
    if (name_ == "sync") return new SyncRoom(parent, *this, office(), changed);
    return new QueueRoom(parent, *this, office(), name_ == "review", changed);
}

void DeskScreen::build_top(Stack& top) {
    top.set_padding(px(20), 0, px(20), 0);
    top.add(new Label(&top, Type::heading, Colour::ink, say("staff.room." + name_)), {0, 0, true});
    if (room_->searches()) {
        search_ =
            top.add(new Field(&top, {"desk.search", "", false, say("staff.search")}), {0, px(380), true});
        search_->on_change([this] { room_->search(search_->value()); });
        top.add(new Label(&top, Type::note, Colour::muted, say(room_->keys())), {1, 0, true});
    } else {
        top.add_stretch();
    }
    top.add(new Label(&top, Type::note, Colour::muted, office().session().display_name), {0, 0, true});
    top.add(new Button(&top, "desk.language", say("staff.language"), ButtonKind::quiet,
                       [this] { app().switch_language(); }),
            {0, 0, true});
    top.add(new Button(&top, "desk.log_out", say("staff.log_out"), ButtonKind::quiet,
                       [this] { office().start(); }),
            {0, 0, true});
}

void DeskScreen::entered() {
    count();
    room_->refresh();
}

void DeskScreen::go_to(const std::string& room) {
    name_ = room;
    if (search_) search_->set_value("");  // a room begins with all that it has
    rebuild();
    entered();
}

void DeskScreen::count() {
    struct Waiting {
        std::int64_t reviews = 0, events = 0, conflicts = 0;
    };
    app().work(
        *this,
        [session = office().session()](Rooms& rooms) {
            return Waiting{rooms.staff.count(session, true), rooms.home.store().log().outbox().waiting,
                           static_cast<std::int64_t>(rooms.home.store().feed().conflicts().size())};
        },
        [this](Waiting waiting) {
            const auto shown = [](std::int64_t count) { return count > 0 ? std::to_string(count) : ""; };
            sidebar_->set_count("review", shown(waiting.reviews));
            sidebar_->set_count("sync", shown(waiting.events));
            sidebar_->set_count("conflicts", shown(waiting.conflicts));
        });
}

void DeskScreen::on_key(wxKeyEvent& event) {
    const bool typing = dynamic_cast<wxTextCtrl*>(wxWindow::FindFocus()) != nullptr;
    const int key = event.GetUnicodeKey();
    if (typing || event.HasAnyModifiers() || !room_->key(static_cast<char32_t>(key))) event.Skip();
}

}  // namespace wq::ui::staff
