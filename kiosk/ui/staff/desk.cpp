#include "kiosk/ui/staff/desk.h"

#include "kiosk/devices/page_source.h"
#include "kiosk/ui/button.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/sidebar.h"
#include "kiosk/ui/table.h"

#include <wx/textctrl.h>

#include <algorithm>

namespace wq::ui::staff {
namespace {

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

// What a desk thread's job brings for the room in front.
struct News {
    std::vector<desk::QueueRow> rows;
    std::int64_t waiting = 0;
    desk::SyncState sync;
    std::vector<store::TrayItem> tray;
};

}  // namespace

DeskScreen::DeskScreen(Shell& shell, Office& office) : StaffScreen(shell, office, "desk", Body::whole) {
    Bind(wxEVT_CHAR_HOOK, &DeskScreen::on_key, this);
}

void DeskScreen::build(Stack& body) {
    body.set_padding(0);
    Stack* halves = body.add(row(&body, 0, Colour::paper), {1});
    const auto waiting = [](std::int64_t count) { return count > 0 ? std::to_string(count) : std::string(); };
    sidebar_ = halves->add(new Sidebar(halves, "desk.rooms", say("app.desk"),
                                       {{"review", say("staff.room.review"), waiting(waiting_)},
                                        {"scan", say("staff.room.scan")},
                                        {"all", say("staff.room.all")},
                                        {"sync", say("staff.room.sync"), waiting(sync_.outbox.waiting)}},
                                       [this](const std::string& room) { go_to(room); }));
    sidebar_->select(room_);
    Stack* right = halves->add(column(halves, 0, Colour::surface), {1});
    build_top(*right);
    table_ = nullptr;
    pane_ = nullptr;
    if (is_queue())
        build_queue(*right);
    else if (room_ == "scan")
        build_scan(*right);
    else
        build_sync(*right);
}

void DeskScreen::build_top(Stack& right) {
    Stack* top = right.add(row(&right, px(12), Colour::surface), {0, px(67)});
    top->set_padding(px(20), 0, px(20), 0);
    top->add(new Label(top, Type::heading, Colour::ink, say("staff.room." + room_)), {0, 0, true});
    search_field_ = nullptr;
    if (is_queue()) {
        search_field_ =
            top->add(new Field(top, {"desk.search", "", false, say("staff.search")}), {0, px(380), true});
        search_field_->on_change([this] {
            search_ = search_field_->value();
            refresh();
        });
        top->add(new Label(top, Type::note, Colour::muted, say("staff.keys")), {1, 0, true});
    } else {
        top->add_stretch();
    }
    const desk::StaffSession& who = office().session();
    top->add(new Label(top, Type::note, Colour::muted, who.display_name), {0, 0, true});
    top->add(new Button(top, "desk.language", say("staff.language"), ButtonKind::quiet,
                        [this] { app().switch_language(); }),
             {0, 0, true});
    top->add(new Button(top, "desk.log_out", say("staff.log_out"), ButtonKind::quiet,
                        [this] { office().start(); }),
             {0, 0, true});
    right.add(new Panel(&right, Colour::line), {0, 1});
}

void DeskScreen::build_queue(Stack& room) {
    Stack* work = room.add(row(&room, 1, Colour::line), {1});
    table_ = work->add(new Table(work, "desk.queue",
                                 {{say("staff.column.student"), 105},
                                  {say("staff.column.department"), 110},
                                  {say("staff.column.employer"), 220},
                                  {say("staff.column.state"), 150}},
                                 true),
                       {44});
    table_->set_empty_text(say(room_ == "review" ? "staff.nothing_waits" : "staff.nothing_there"));
    table_->on_select([this](std::size_t row) { select(row); });
    pane_ =
        work->add(new ReviewPane(work, *this, office(), [this](const auto& record) { acted(record); }), {56});
    show_rows();
}

void DeskScreen::build_scan(Stack& room) {
    Stack* work = room.add(column(&room, px(14), Colour::paper), {1});
    work->set_padding(px(20));
    Stack* head = work->add(row(work, px(14), Colour::paper));
    head->add(new Label(head, Type::body, Colour::muted, say("staff.scan.note")), {1, 0, true});
    auto* take = head->add(new Button(head, "desk.take", say(busy_ ? "staff.scan.busy" : "staff.scan.take"),
                                      ButtonKind::primary, [this] { take_pages(); }));
    take->set_usable(!busy_);
    const auto count = [&](desk::PageOutcome outcome) {
        return std::to_string(std::ranges::count(results_, outcome, &desk::PageResult::outcome));
    };
    if (!results_.empty())
        work->add(new NoteBox(work, Tone::blue, "",
                              say("staff.scan.summary", {{"attached", count(desk::PageOutcome::attached)},
                                                         {"joined", count(desk::PageOutcome::joined)},
                                                         {"tray", count(desk::PageOutcome::tray)},
                                                         {"refused", count(desk::PageOutcome::refused)}})));
    auto* pages = work->add(new Table(work, "desk.pages",
                                      {{say("staff.column.file"), 120},
                                       {say("staff.column.agreement"), 190},
                                       {say("staff.column.page"), 60},
                                       {say("staff.column.result"), 330}},
                                      true),
                            {3});
    pages->set_empty_text(say("staff.scan.empty"));
    pages->set_rows(results_.size(), [this](std::size_t i) -> std::vector<Cell> {
        const desk::PageResult& result = results_[i];
        const bool good =
            result.outcome == desk::PageOutcome::attached || result.outcome == desk::PageOutcome::joined;
        const std::string page =
            result.pages > 0 ? std::to_string(result.page) + " / " + std::to_string(result.pages) : "";
        return {{result.source, "", Colour::muted, true},
                {result.number, result.student + " " + result.employer},
                {page},
                {say("staff.outcome." + std::string(desk::name_of(result.outcome))),
                 result.why ? say(*result.why) : "", Colour::warning, false,
                 good ? Colour::success : Colour::ink}};
    });
    work->add(new Label(work, Type::section, Colour::ink,
                        say("staff.tray", {{"count", std::to_string(tray_.size())}})));
    auto* tray = work->add(new Table(work, "desk.tray",
                                     {{say("staff.column.file"), 200},
                                      {say("staff.column.reason"), 500},
                                      {say("staff.column.time"), 160}},
                                     false),
                           {2});
    tray->set_empty_text(say("staff.tray.empty"));
    tray->set_rows(tray_.size(), [this](std::size_t i) -> std::vector<Cell> {
        return {{tray_[i].source, "", Colour::muted, true},
                {say(Refusal{tray_[i].reason})},
                {shown_time(tray_[i].received)}};
    });
}

void DeskScreen::build_sync(Stack& room) {
    Stack* work = room.add(column(&room, px(14), Colour::paper), {1});
    work->set_padding(px(20));
    const bool done = sync_.outbox.waiting == 0 && sync_.pictures == 0;
    work->add(new NoteBox(work, done ? Tone::green : Tone::amber, "",
                          done ? say("staff.sync.all_sent")
                               : say("staff.sync.waiting", {{"events", std::to_string(sync_.outbox.waiting)},
                                                            {"pictures", std::to_string(sync_.pictures)}})));
    const auto text = [&](const std::string& value) {
        return value.empty() ? say("staff.sync.none") : value;
    };
    std::vector<KeyValueList::Row> rows = {
        {say("staff.sync.platform"), text(sync_.platform)},
        {say("staff.sync.last_success"), text(sync_.last_success)},
        {say("staff.sync.last_fault"), text(sync_.last_fault),
         sync_.last_fault.empty() ? Colour::ink : Colour::danger},
        {say("staff.sync.oldest"),
         sync_.outbox.waiting > 0 ? shown_time(sync_.outbox.oldest) : say("staff.sync.none")},
        {say("staff.sync.feed"), std::to_string(sync_.feed)},
        {say("staff.sync.rejected"), std::to_string(sync_.outbox.rejected)},
        {say("staff.sync.conflicts"), std::to_string(sync_.conflicts.size())}};
    work->add(new KeyValueList(work, "desk.sync", std::move(rows)));
    Stack* foot = work->add(row(work, px(14), Colour::paper));
    auto* now = foot->add(new Button(foot, "desk.sync_now", say(busy_ ? "staff.sync.busy" : "staff.sync.now"),
                                     ButtonKind::primary, [this] { sync_now(); }));
    now->set_usable(!busy_);
    foot->add_stretch();
    work->add_stretch();
}

void DeskScreen::go_to(const std::string& room) {
    room_ = room;
    rows_.clear();
    rebuild();
    refresh();
}

void DeskScreen::refresh() {
    app().work(
        *this,
        [session = office().session(), mine = room_ == "review", wanted = is_queue(), text = search_,
         speech = app().speech()](Rooms& rooms) {
            News news;
            if (wanted) news.rows = rooms.staff.queue(session, mine, text, speech);
            news.waiting = rooms.staff.count(session, true);
            news.sync = rooms.staff.sync_state(speech);
            news.tray = rooms.staff.tray();
            return news;
        },
        [this](News news) {
            rows_ = std::move(news.rows);
            waiting_ = news.waiting;
            sync_ = std::move(news.sync);
            tray_ = std::move(news.tray);
            if (!is_queue()) return rebuild();
            sidebar_->set_count("review", waiting_ > 0 ? std::to_string(waiting_) : "");
            sidebar_->set_count("sync", sync_.outbox.waiting > 0 ? std::to_string(sync_.outbox.waiting) : "");
            show_rows();
        });
}

void DeskScreen::show_rows() {
    if (!table_) return;
    table_->set_rows(rows_.size(), [this](std::size_t row) { return cells_of(rows_[row]); });
    if (rows_.empty())
        pane_->show_nothing();
    else
        select(std::min(table_->selected(), rows_.size() - 1));
}

void DeskScreen::select(std::size_t row) {
    if (row < rows_.size()) pane_->show(rows_[row].row.id);
}

void DeskScreen::acted(const Result<domain::Registration>& record) {
    if (record) {
        shell().say(
            Tone::green,
            say("staff.acted",
                {{"state", app().speech().say("state." + std::string(domain::name_of(record->state)))}}));
    } else {
        shell().say(Tone::red, say(record.error()));
    }
    refresh();
}

void DeskScreen::take_pages() {
    busy_ = true;
    rebuild();
    app().work(
        *this,
        [actor = office().session().actor](Rooms& rooms) {
            std::vector<desk::PageResult> results;
            devices::FilePages files({rooms.scan_folder});
            while (const auto file = files.next())
                for (desk::PageResult& result : rooms.returning.take(*file, actor))
                    results.push_back(std::move(result));
            return results;
        },
        [this](std::vector<desk::PageResult> results) {
            busy_ = false;
            results_ = std::move(results);
            refresh();
        });
}

void DeskScreen::sync_now() {
    busy_ = true;
    rebuild();
    app().sync(*this, [this](Result<void> done) {
        busy_ = false;
        shell().say(done ? Tone::green : Tone::red, done ? say("staff.sync.done") : say(done.error()));
        refresh();
    });
}

void DeskScreen::on_key(wxKeyEvent& event) {
    const bool typing = dynamic_cast<wxTextCtrl*>(wxWindow::FindFocus()) != nullptr;
    const int key = event.GetUnicodeKey();
    if (typing || event.HasAnyModifiers() || !pane_ || !pane_->key(static_cast<char32_t>(key))) event.Skip();
}

}  // namespace wq::ui::staff
