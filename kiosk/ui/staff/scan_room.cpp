#include "kiosk/ui/staff/scan_room.h"

#include "kiosk/ui/button.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/paper_picture.h"
#include "kiosk/ui/table.h"

#include <algorithm>
#include <charconv>

namespace wq::ui::staff {
namespace {

using desk::PageOutcome;

int number_in(const std::string& text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

ScanRoom::ScanRoom(wxWindow* parent, Screen& screen, Office& office, std::function<void()> taken)
    : Pane(parent, screen, office, px(14)), taken_(std::move(taken)) {
    set_padding(px(20));
    Stack* head = add(row(this, px(14), Colour::paper));
    head->add(new Label(head, Type::body, Colour::muted, say("staff.scan.note")), {1, 0, true});
    take_ = head->add(
        new Button(head, "desk.take", say("staff.scan.take"), ButtonKind::primary, [this] { take_all(); }),
        {0, 0, true});
    summary_ = add(new NoteBox(this, Tone::blue, "", ""));
    summary_->Hide();
    Stack* halves = add(row(this, px(16), Colour::paper), {1});
    Stack* left = halves->add(column(halves, px(12), Colour::paper), {3});
    build_results(*left);
    build_tray(*left);
    hand_ = halves->add(column(halves, px(12), Colour::paper), {2});
    build_picture(*hand_);
    hand_->Hide();
    show_results();
}

void ScanRoom::build_results(Stack& left) {
    pages_ = left.add(new Table(&left, "desk.pages",
                                {{say("staff.column.file"), 120},
                                 {say("staff.column.agreement"), 190},
                                 {say("staff.column.page"), 60},
                                 {say("staff.column.result"), 330}},
                                true),
                      {3});
    pages_->set_empty_text(say("staff.scan.empty"));
}

void ScanRoom::build_tray(Stack& left) {
    tray_title_ = left.add(new Label(&left, Type::section, Colour::ink, ""));
    tray_table_ = left.add(new Table(&left, "desk.tray",
                                     {{say("staff.column.file"), 200},
                                      {say("staff.column.reason"), 500},
                                      {say("staff.column.time"), 160}},
                                     false),
                           {2});
    tray_table_->set_empty_text(say("staff.tray.empty"));
    tray_table_->on_select([this](std::size_t item) { look_at(item); });
}

void ScanRoom::build_picture(Stack& right) {
    picture_ = right.add(new PageView(&right, "desk.tray.picture", PageView::Ground::light), {1});
    Stack* whose = right.add(row(&right, px(10), Colour::paper));
    number_ = whose->add(new Field(whose, {"desk.tray.number", "", true, say("staff.tray.number")}), {3});
    page_ = whose->add(new Field(whose, {"desk.tray.page", "", true, say("staff.tray.page")}), {1});
    page_->on_action([this] { assign(); });
    Stack* verdict = right.add(row(&right, px(10), Colour::paper));
    verdict->add(new Button(verdict, "desk.tray.dismiss", say("staff.tray.dismiss"), ButtonKind::quiet,
                            [this] { dismiss(); }),
                 {1});
    verdict->add(new Button(verdict, "desk.tray.assign", say("staff.tray.assign"), ButtonKind::primary,
                            [this] { assign(); }),
                 {1});
}

void ScanRoom::refresh() {
    work([session = office().session()](Rooms& rooms) { return rooms.staff.tray(session); },
         [this](std::vector<store::TrayItem> tray) { show_tray(std::move(tray)); });
}

void ScanRoom::take_all() {
    results_.clear();
    take_->set_usable(false);
    work([](Rooms& rooms) { return std::make_shared<devices::FilePages>(std::vector{rooms.scan_folder}); },
         [this](const std::shared_ptr<devices::FilePages>& files) { take_next(files, 0); });
}

// A file at a time, so that the desk thread is free for other work between them.
void ScanRoom::take_next(const std::shared_ptr<devices::FilePages>& files, std::size_t done) {
    if (done == files->count()) return ended();
    tell_progress(done, files->count());
    work(
        [files, actor = office().session().actor](Rooms& rooms) {
            const auto file = files->next();
            if (!file) return std::vector<desk::PageResult>();
            auto results = rooms.returning.take(*file, actor);
            devices::put_away(rooms.scan_folder, file->name, desk::all_kept(results) ? "taken" : "refused");
            return results;
        },
        [this, files, done](std::vector<desk::PageResult> results) {
            for (desk::PageResult& result : results) results_.push_back(std::move(result));
            show_results();
            take_next(files, done + 1);
        });
}

void ScanRoom::ended() {
    take_->set_label(say("staff.scan.take"));
    take_->set_usable(true);
    if (results_.empty()) shell().say(Tone::amber, say("staff.scan.nothing"));
    refresh();
    taken_();
}

void ScanRoom::tell_progress(std::size_t done, std::size_t all) {
    take_->set_label(
        say("staff.scan.busy", {{"done", std::to_string(done + 1)}, {"all", std::to_string(all)}}));
    lay_out_again(*take_);
}

void ScanRoom::show_results() {
    const auto count = [&](PageOutcome outcome) {
        return std::to_string(std::ranges::count(results_, outcome, &desk::PageResult::outcome));
    };
    summary_->Show(!results_.empty());
    summary_->set_text("", say("staff.scan.summary", {{"attached", count(PageOutcome::attached)},
                                                      {"joined", count(PageOutcome::joined)},
                                                      {"tray", count(PageOutcome::tray)},
                                                      {"refused", count(PageOutcome::refused)}}));
    pages_->set_rows(results_.size(), [this](std::size_t i) -> std::vector<Cell> {
        const desk::PageResult& result = results_[i];
        const bool good = result.outcome == PageOutcome::attached || result.outcome == PageOutcome::joined;
        const std::string page =
            result.pages > 0 ? std::to_string(result.page) + " / " + std::to_string(result.pages) : "";
        return {{result.source, "", Colour::muted, true},
                {result.number, result.student + " " + result.employer},
                {page},
                {say("staff.outcome." + std::string(desk::name_of(result.outcome))),
                 result.why ? say(*result.why) : "", Colour::warning, false,
                 good ? Colour::success : Colour::ink}};
    });
    lay_out_again(*pages_);
}

void ScanRoom::show_tray(std::vector<store::TrayItem> tray) {
    tray_ = std::move(tray);
    tray_title_->set_text(say("staff.tray", {{"count", std::to_string(tray_.size())}}));
    tray_table_->set_rows(tray_.size(), [this](std::size_t i) -> std::vector<Cell> {
        return {{tray_[i].source, "", Colour::muted, true},
                {say("tray." + tray_[i].reason)},
                {shown_time(tray_[i].received)}};
    });
    hand_->Show(!tray_.empty());
    lay_out_again(*hand_);
    if (!tray_.empty()) look_at(tray_table_->selected());
}

const store::TrayItem* ScanRoom::chosen() const {
    const std::size_t item = tray_table_->selected();
    return item < tray_.size() ? &tray_[item] : nullptr;
}

void ScanRoom::look_at(std::size_t item) {
    if (item >= tray_.size()) return;
    if (looked_at_ != tray_[item].id) {
        number_->set_value("");
        page_->set_value("");
    }
    looked_at_ = tray_[item].id;
    picture_->set_caption(tray_[item].source);
    work([hash = tray_[item].picture.hash](Rooms& rooms) { return shown_file(rooms.staff.picture(hash)); },
         [this, asked = looked_at_](const Picture& picture) {
             if (asked == looked_at_) picture_->set_picture(picture);
         });
}

void ScanRoom::assign() {
    const store::TrayItem* item = chosen();
    if (!item || number_->value().empty()) return number_->focus();
    act([id = item->id, number = number_->value(), page = number_in(page_->value()),
         actor = office().session().actor](
            Rooms& rooms) { return rooms.returning.assign(id, number, page, actor); },
        [this](Result<desk::PageResult> result) {
            if (!result) return shell().say(Tone::red, say(result.error()));
            results_.push_back(std::move(*result));
            show_results();
            refresh();
            taken_();
        });
}

void ScanRoom::dismiss() {
    const store::TrayItem* item = chosen();
    if (!item) return;
    act([id = item->id,
         session = office().session()](Rooms& rooms) { return rooms.staff.dismiss(session, id); },
        [this](const Result<void>& dismissed) {
            if (!dismissed) shell().say(Tone::amber, say(dismissed.error()));
            refresh();
        });
}

}  // namespace wq::ui::staff
