#include "kiosk/ui/staff/scan_room.h"

#include "kiosk/desk/machine.h"
#include "kiosk/ui/button.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/paper_picture.h"
#include "kiosk/ui/progress_bar.h"
#include "kiosk/ui/staff/page_pair.h"
#include "kiosk/ui/table.h"

#include <wx/filedlg.h>

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

bool is_good(const desk::PageResult& result) {
    return result.outcome != PageOutcome::tray && result.outcome != PageOutcome::refused;
}

// Good, and nothing about it to be looked at.
bool is_done(const desk::PageResult& result) { return is_good(result) && !result.why; }

}  // namespace

ScanRoom::ScanRoom(wxWindow* parent, Screen& screen, Office& office, std::function<void()> taken)
    : Pane(parent, screen, office, px(14)), taken_(std::move(taken)), batch_(office.batch()) {
    set_padding(px(20));
    build_head();
    summary_ = add(new NoteBox(this, Tone::blue, "", ""));
    Stack* halves = add(row(this, px(16), Colour::paper), {1});
    Stack* left = halves->add(column(halves, px(12), Colour::paper), {3});
    build_results(*left);
    build_tray(*left);
    Stack* right = halves->add(column(halves, px(12), Colour::paper), {2});
    build_side(*right);
    batch().on_change(life(), [this] { changed(); });
    show_batch();
}

void ScanRoom::build_head() {
    Stack* head = add(row(this, px(14), Colour::paper));
    head->add(new Label(head, Type::body, Colour::muted, say("staff.scan.note")), {1, 0, true});
    sources_ = head->add(row(head, px(10), Colour::paper), {0, 0, true});
    const auto source = [&](const char* name, ButtonKind kind, std::function<void()> press) {
        return sources_->add(new Button(sources_, std::string("desk.") + name,
                                        say(std::string("staff.scan.") + name), kind, std::move(press)),
                             {0, 0, true});
    };
    source("files", ButtonKind::quiet, [this] { choose_files(); });
    source("watch", ButtonKind::quiet, [this] { begin(ScanBatch::From::watched); });
    scanner_ = source("scanner", ButtonKind::secondary, [this] { begin(ScanBatch::From::scanner); });
    source("take", ButtonKind::primary, [this] { begin(ScanBatch::From::folder); });
    scanner_->Hide();
    running_ = head->add(row(head, px(14), Colour::paper), {0, 0, true});
    progress_ = running_->add(new ProgressBar(running_, "desk.progress"), {0, px(320), true});
    running_->add(new Button(running_, "desk.stop", say("staff.scan.stop"), ButtonKind::secondary,
                             [this] { batch().finish(); }),
                  {0, 0, true});
}

void ScanRoom::build_results(Stack& left) {
    filters_ = left.add(row(&left, px(8), Colour::paper));
    const auto filter = [&](const char* name, Shown shown) {
        return filters_->add(
            new Button(filters_, name, "", ButtonKind::quiet, [this, shown] { show(shown); }));
    };
    all_ = filter("desk.pages.all", Shown::all);
    done_ = filter("desk.pages.done", Shown::done);
    by_hand_ = filter("desk.pages.hand", Shown::hand);
    filters_->add_stretch();
    pages_ = left.add(new Table(&left, "desk.pages",
                                {{say("staff.column.file"), 120},
                                 {say("staff.column.agreement"), 190},
                                 {say("staff.column.page"), 60},
                                 {say("staff.column.result"), 330}},
                                true),
                      {3});
    pages_->set_empty_text(say("staff.scan.empty"));
    pages_->on_select([this](std::size_t row) { look_at_page(row); });
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
    tray_table_->on_select([this](std::size_t item) { look_at_item(item); });
}

void ScanRoom::build_side(Stack& right) {
    pair_ = right.add(new PagePair(&right, "desk.scan.issued", "desk.scan.returned"), {1});
    pair_->Hide();
    hand_ = right.add(column(&right, px(12), Colour::paper), {1});
    hand_->Hide();
    picture_ = hand_->add(new PageView(hand_, "desk.tray.picture", PageView::Ground::light), {1});
    likely_ = hand_->add(new NoteBox(hand_, Tone::amber, "", ""));
    Stack* whose = hand_->add(row(hand_, px(10), Colour::paper));
    number_ = whose->add(new Field(whose, {"desk.tray.number", "", true, say("staff.tray.number")}), {3});
    page_ = whose->add(new Field(whose, {"desk.tray.page", "", true, say("staff.tray.page")}), {1});
    page_->on_action([this] { assign(); });
    Stack* verdict = hand_->add(row(hand_, px(10), Colour::paper));
    verdict->add(new Button(verdict, "desk.tray.dismiss", say("staff.tray.dismiss"), ButtonKind::quiet,
                            [this] { dismiss(); }),
                 {1});
    verdict->add(new Button(verdict, "desk.tray.assign", say("staff.tray.assign"), ButtonKind::primary,
                            [this] { assign(); }),
                 {1});
}

void ScanRoom::refresh() {
    struct Found {
        std::vector<store::TrayItem> tray;
        bool scanner = false;
    };
    work(
        [session = office().session()](Rooms& rooms) {
            return Found{rooms.staff.tray(session),
                         *desk::machine_setting(rooms.home, "scanner") != "folder"};
        },
        [this](Found found) {
            scanner_->Show(found.scanner);
            show_tray(std::move(found.tray));
        });
}

void ScanRoom::begin(ScanBatch::From from) {
    shown_ = Shown::all;
    batch().begin(from);
    show_batch();
}

void ScanRoom::choose_files() {
    wxFileDialog dialog(&shell(), wxString::FromUTF8(say("staff.scan.files")), "", "",
                        "*.pdf;*.jpg;*.jpeg;*.png;*.tif;*.tiff;*.bmp",
                        wxFD_OPEN | wxFD_MULTIPLE | wxFD_FILE_MUST_EXIST);
    if (dialog.ShowModal() != wxID_OK) return;
    wxArrayString names;
    dialog.GetPaths(names);
    std::vector<std::filesystem::path> files;
    for (const wxString& name : names) files.emplace_back(std::string(name.utf8_str()));
    batch().begin(ScanBatch::From::files, std::move(files));
    show_batch();
}

// While pages come, the tray is fetched again with each of them that went there; all else at the end.
void ScanRoom::changed() {
    const bool ended = was_running_ && !batch().is_running();
    show_batch();
    const auto& results = batch().results();
    if (ended && results.empty()) shell().say(Tone::amber, say("staff.scan.nothing"));
    if (ended || (!results.empty() && !is_good(results.back()))) refresh();
    if (ended || (!results.empty() && results.back().outcome == PageOutcome::attached)) taken_();
}

void ScanRoom::show_batch() {
    was_running_ = batch().is_running();
    sources_->Show(!was_running_);
    running_->Show(was_running_);
    const double done = static_cast<double>(batch().files_done());
    const auto files = batch().files();
    const Args counts{{"done", std::to_string(batch().files_done())},
                      {"all", files ? std::to_string(*files) : ""}};
    progress_->set(files ? std::optional(*files ? done / static_cast<double>(*files) : 1.0) : std::nullopt,
                   say(files               ? "staff.scan.busy"
                       : batch().watches() ? "staff.scan.watching"
                                           : "staff.scan.scanning",
                       counts));
    show_results();
}

void ScanRoom::show(Shown shown) {
    shown_ = shown;
    show_results();
}

void ScanRoom::show_results() {
    const auto& results = batch().results();
    const auto count = [&](PageOutcome outcome) {
        return std::to_string(std::ranges::count(results, outcome, &desk::PageResult::outcome));
    };
    summary_->Show(!results.empty());
    summary_->set_text("", say("staff.scan.summary", {{"attached", count(PageOutcome::attached)},
                                                      {"joined", count(PageOutcome::joined)},
                                                      {"duplicate", count(PageOutcome::duplicate)},
                                                      {"tray", count(PageOutcome::tray)},
                                                      {"refused", count(PageOutcome::refused)}}));
    rows_.clear();
    for (std::size_t i = 0; i < results.size(); ++i)
        if (shown_ == Shown::all || is_done(results[i]) == (shown_ == Shown::done)) rows_.push_back(i);
    const auto done = static_cast<std::size_t>(std::ranges::count_if(results, is_done));
    filters_->Show(!results.empty());
    all_->set_label(say("staff.scan.all", {{"count", std::to_string(results.size())}}));
    done_->set_label(say("staff.scan.done", {{"count", std::to_string(done)}}));
    by_hand_->set_label(say("staff.scan.hand", {{"count", std::to_string(results.size() - done)}}));
    all_->set_usable(shown_ != Shown::all);
    done_->set_usable(shown_ != Shown::done);
    by_hand_->set_usable(shown_ != Shown::hand);
    pages_->set_rows(rows_.size(), [this](std::size_t row) {
        const auto& now = batch().results();
        return row < rows_.size() && rows_[row] < now.size() ? cells(now[rows_[row]]) : std::vector<Cell>(4);
    });
    lay_out_again(*pages_);
}

std::vector<Cell> ScanRoom::cells(const desk::PageResult& result) const {
    const std::string page =
        result.pages > 0 ? std::to_string(result.page) + " / " + std::to_string(result.pages) : "";
    return {{result.source, "", Colour::muted, true},
            {result.number, result.student + " " + result.employer},
            {page},
            {say("staff.outcome." + std::string(desk::name_of(result.outcome))),
             result.why ? say(*result.why) : "", Colour::warning, false,
             is_good(result) ? Colour::success : Colour::ink}};
}

void ScanRoom::look_at_page(std::size_t row) {
    if (row >= rows_.size()) return;
    const desk::PageResult& result = batch().results()[rows_[row]];
    struct Pictures {
        Picture issued, returned;
    };
    looked_at_ = 0;
    hand_->Hide();
    pair_->Show();
    lay_out_again(*pair_);
    const std::string changes(domain::value_of(result.checks, "changes"));
    pair_->set_captions(say("staff.issued"),
                        say("staff.returned", {{"changes", changes.empty() ? "?" : changes}}));
    work(
        [session = office().session(), id = result.registration, page = result.page,
         hash = result.picture](Rooms& rooms) {
            return Pictures{page > 0 ? issued_picture(rooms.staff, session, id, page) : Picture{},
                            shown_file(rooms.staff.picture(hash))};
        },
        [this, checks = result.checks, asked = ++asked_](const Pictures& pictures) {
            if (asked == asked_) pair_->set_pictures(pictures.issued, pictures.returned, checks);
        });
}

void ScanRoom::show_tray(std::vector<store::TrayItem> tray) {
    tray_ = std::move(tray);
    tray_title_->set_text(say("staff.tray", {{"count", std::to_string(tray_.size())}}));
    tray_table_->set_rows(tray_.size(), [this](std::size_t i) -> std::vector<Cell> {
        if (i >= tray_.size()) return std::vector<Cell>(3);
        return {{tray_[i].source, "", Colour::muted, true},
                {say("tray." + tray_[i].reason)},
                {shown_time(tray_[i].received)}};
    });
    if (tray_.empty()) hand_->Hide();
    if (!tray_.empty() && !pair_->IsShown()) look_at_item(tray_table_->selected());
    lay_out_again(*hand_);
}

const store::TrayItem* ScanRoom::chosen() const {
    const std::size_t item = tray_table_->selected();
    return item < tray_.size() ? &tray_[item] : nullptr;
}

void ScanRoom::look_at_item(std::size_t at) {
    if (at >= tray_.size()) return;
    const store::TrayItem& item = tray_[at];
    pair_->Hide();
    hand_->Show();
    if (looked_at_ != item.id) {
        // What its code was recognised as stands there already: one touch confirms it.
        const bool likely = !item.likely_number.empty();
        number_->set_value(item.likely_number);
        page_->set_value(likely ? std::to_string(item.likely_page) : "");
        likely_->Show(likely);
        likely_->set_text("", say("staff.tray.likely", {{"number", item.likely_number},
                                                        {"page", std::to_string(item.likely_page)}}));
    }
    looked_at_ = item.id;
    lay_out_again(*hand_);
    picture_->set_caption(item.source);
    work([hash = item.picture.hash](Rooms& rooms) { return shown_file(rooms.staff.picture(hash)); },
         [this, asked = ++asked_](const Picture& picture) {
             if (asked == asked_) picture_->set_picture(picture);
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
            batch().add(std::move(*result));
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
