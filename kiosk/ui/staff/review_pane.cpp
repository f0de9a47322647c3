#include "kiosk/ui/staff/review_pane.h"

#include "kiosk/ui/button.h"
#include "kiosk/ui/card.h"
#include "kiosk/ui/chips.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/paper_picture.h"
#include "kiosk/ui/record_parts.h"
#include "kiosk/ui/scroll_area.h"
#include "kiosk/ui/staff/page_pair.h"

#include <algorithm>

namespace wq::ui::staff {
namespace {

using domain::Action;

void add_group(Stack& to, const std::string& name, const std::string& title,
               std::vector<KeyValueList::Row> rows) {
    Card* card = to.add(new Card(&to, px(8)));
    card->set_padding(px(18), px(14), px(18), px(10));
    card->add(new Label(card, Type::section, Colour::ink, title));
    card->add(new KeyValueList(card, name, std::move(rows)));
}

std::vector<KeyValueList::Row> rows_of(const std::vector<desk::NamedValue>& values) {
    std::vector<KeyValueList::Row> rows;
    for (const desk::NamedValue& value : values) rows.push_back({value.label, value.value});
    return rows;
}

}  // namespace

ReviewPane::ReviewPane(wxWindow* parent, Screen& screen, Office& office, Acted acted)
    : Pane(parent, screen, office, px(12)), acted_(std::move(acted)) {
    set_padding(px(16));
}

void ReviewPane::show(const Uuid& id) {
    if (loaded_ && wanted_ == id && asking_) return;  // a reason is being written: don't take it away
    const bool is_new = wanted_ != id;
    wanted_ = id;
    asking_.reset();
    load(id, 1, 0, is_new);
}

void ReviewPane::show_nothing() {
    wanted_.reset();
    loaded_.reset();
    asking_.reset();
    fill();
}

void ReviewPane::load(const Uuid& id, int page, std::size_t file, bool is_new) {
    work(
        [id, page, file, session = office().session(),
         speech = app().speech()](Rooms& rooms) -> Result<Loaded> {
            auto view = rooms.staff.review(session, id, speech);
            if (!view) return tl::make_unexpected(view.error());
            Loaded loaded{std::move(*view), {}, {}, {}, page, {}, {}, file};
            loaded.actions = rooms.staff.actions(session, loaded.view.record);
            if (!loaded.view.record.pages.empty() && loaded.view.record.paper)
                loaded.issued = issued_picture(rooms.staff, session, id, page);
            for (const domain::ReturnedPage& returned : loaded.view.record.pages) {
                if (returned.page != page) continue;
                loaded.checks = returned.checks;
                loaded.returned = shown_file(rooms.staff.picture(returned.picture));
            }
            if (file < loaded.view.files.size())
                loaded.file = shown_file(rooms.staff.picture(loaded.view.files[file].hash));
            return loaded;
        },
        [this, id, is_new](Result<Loaded> loaded) {
            if (wanted_ != id) return;  // another one was chosen meanwhile
            // What a termination is about stands in the form, with its papers.
            if (is_new) form_first_ = loaded && loaded->view.record.state == domain::State::terminating;
            if (loaded)
                loaded_ = std::move(*loaded);
            else
                loaded_.reset();
            fill();
        });
}

void ReviewPane::fill() {
    if (reason_) written_ = reason_->value();
    clear();
    reason_ = nullptr;
    points_ = nullptr;
    pages_ = nullptr;
    next_change_ = 0;
    if (loaded_) {
        fill_head();
        has_pages() && !form_first_ ? fill_pages() : fill_form();
        asking_ ? fill_reason() : fill_verdict();
    }
    lay_out_again(*this);
}

void ReviewPane::fill_head() {
    const desk::RecordView& view = loaded_->view;
    Stack* head = add(row(this, px(10), Colour::paper));
    head->add(new Label(head, Type::heading, Colour::ink, view.title), {1, 0, true});
    head->add(new Badge(head, shown_tone(view.tone), view.status), {0, 0, true});
    if (has_pages()) {
        for (const domain::ReturnedPage& page : view.record.pages) {
            const bool now = !form_first_ && page.page == loaded_->page;
            head->add(new Button(head, "desk.page." + std::to_string(page.page),
                                 say("staff.page", {{"page", std::to_string(page.page)}}),
                                 now ? ButtonKind::primary : ButtonKind::quiet, [this, number = page.page] {
                                     form_first_ = false;
                                     load(loaded_->view.record.id, number);
                                 }));
        }
        head->add(new Button(head, "desk.form.show", say("staff.form"),
                             form_first_ ? ButtonKind::primary : ButtonKind::quiet, [this] { turn(); }));
    }
    for (const std::string& warning : view.warnings) add(new NoteBox(this, Tone::red, "", warning));
    if (!view.record.comment.empty())
        add(new NoteBox(this, Tone::amber, view.comment_lead, view.record.comment));
}

void ReviewPane::turn() {
    form_first_ = !form_first_;
    fill();
}

void ReviewPane::fill_form() {
    Stack* halves = add(row(this, px(12), Colour::paper), {1});
    const bool files = !loaded_->view.files.empty();
    auto* scroll = halves->add(new ScrollArea(halves, Colour::paper, px(12)), {1});
    fill_values(*scroll->content());
    if (files) fill_files(*halves->add(column(halves, px(8), Colour::paper), {1}));
}

void ReviewPane::fill_values(Stack& body) {
    const desk::RecordView& view = loaded_->view;
    if (!view.termination.empty())
        add_group(body, "desk.termination", say("staff.group.termination"), rows_of(view.termination));
    add_group(body, "desk.form", say("staff.group.form"), rows_of(view.form));
    add_group(body, "desk.student", say("staff.group.student"), rows_of(view.student));
    if (!view.agreement.empty())
        add_group(body, "desk.agreement", say("staff.group.agreement"), rows_of(view.agreement));
    std::vector<KeyValueList::Row> history;
    for (const desk::TimelineEntry& entry : view.timeline)
        history.push_back({entry.when, entry.what + " · " + entry.who +
                                           (entry.comment.empty() ? "" : " · " + entry.comment) + " · " +
                                           entry.sync});
    add_group(body, "desk.history", say("staff.group.history"), std::move(history));
}

// The materials, one at a time, each with its name.
void ReviewPane::fill_files(Stack& body) {
    const auto& files = loaded_->view.files;
    const std::size_t at = std::min(loaded_->file_at, files.size() - 1);
    Stack* line = body.add(row(&body, px(8), Colour::paper));
    const auto turn_to = [this](std::size_t file) { load(loaded_->view.record.id, loaded_->page, file); };
    auto* before = line->add(
        new Button(line, "desk.file.before", "‹", ButtonKind::quiet, [turn_to, at] { turn_to(at - 1); }));
    before->set_usable(at > 0);
    line->add(
        new Label(line, Type::note_strong, Colour::ink,
                  std::to_string(at + 1) + " / " + std::to_string(files.size()) + "　" + files[at].label),
        {1, 0, true});
    auto* next = line->add(
        new Button(line, "desk.file.next", "›", ButtonKind::quiet, [turn_to, at] { turn_to(at + 1); }));
    next->set_usable(at + 1 < files.size());
    auto* picture = body.add(new PageView(&body, "desk.file", PageView::Ground::light), {1});
    picture->set_picture(loaded_->file);
}

void ReviewPane::fill_pages() {
    pages_ = add(new PagePair(this, "desk.issued", "desk.returned"), {1});
    const std::string changes(domain::value_of(loaded_->checks, "changes"));
    pages_->set_captions(say("staff.issued"),
                         say("staff.returned", {{"changes", changes.empty() ? "?" : changes}}));
    pages_->set_pictures(loaded_->issued, loaded_->returned, loaded_->checks);
    std::string line;
    bool good = true;
    for (std::string_view check : {"code", "seal", "sharp", "complete", "same"}) {
        const auto value = domain::value_of(loaded_->checks, check);
        if (value.empty()) continue;
        good = good && value == "yes";
        line += (line.empty() ? "" : "　") +
                (value == "unsure"
                     ? "？ " + say("staff.check.unsure")
                     : std::string(value == "yes" ? "✔ " : "✘ ") + say("staff.check." + std::string(check)));
    }
    add(new NoteBox(this, good ? Tone::green : Tone::amber, "", line));
}

bool ReviewPane::offers(Action action) const {
    // Until the chosen record is loaded, the one before it must not be decided by mistake.
    return loaded_ && wanted_ == loaded_->view.record.id && std::ranges::count(loaded_->actions, action) > 0;
}

domain::Asked ReviewPane::asked(Action action) const {
    return domain::asked_for(loaded_->view.record, action, office().session().actor.role)
        .value_or(domain::Asked{});
}

void ReviewPane::fill_verdict() {
    if (loaded_->actions.empty()) return;
    Stack* verdict = add(row(this, px(12), Colour::paper));
    const auto offer = [&](Action action, ButtonKind kind) {
        if (!offers(action)) return;
        const std::string name(domain::name_of(action));
        // The guide has two words for it: 强制解约 online, 学生单方面解约 on paper (R23).
        const bool on_paper = action == Action::force && loaded_->view.record.kind != domain::Kind::online;
        verdict->add(new Button(verdict, "desk." + name, say("staff." + name + (on_paper ? ".on_paper" : "")),
                                kind, [this, action] { press(action); }),
                     {1});
    };
    offer(Action::confirm_force, ButtonKind::danger);
    offer(Action::pass, ButtonKind::success);
    offer(Action::send_back, ButtonKind::warning);
    offer(Action::reject, ButtonKind::danger);
    offer(Action::withdraw, ButtonKind::quiet);
    offer(Action::force, ButtonKind::quiet);
}

void ReviewPane::fill_reason() {
    const std::string action(domain::name_of(*asking_));
    const bool corrects = *asking_ == Action::send_back || *asking_ == Action::reject;
    add(new Label(this, Type::label, Colour::ink, say("staff.reason." + action)));
    if (corrects) {
        Stack* ready = add(row(this, px(8), Colour::paper));
        for (int i = 1; i <= 3; ++i) {
            const std::string sentence = say("staff.ready." + std::to_string(i));
            ready->add(new Button(ready, "desk.ready." + std::to_string(i), sentence, ButtonKind::quiet,
                                  [this, sentence] { reason_->set_value(sentence); }));
        }
    }
    if (*asking_ == Action::send_back) fill_points();
    if (*asking_ == Action::force) fill_talks();
    reason_ = add(new Field(this, {"desk.reason", "", true, say("staff.reason.hint")}));
    reason_->set_value(written_);
    reason_->on_action([this] { send_reason(); });
    Stack* foot = add(row(this, px(12), Colour::paper));
    foot->add(new Button(foot, "desk.reason.cancel", say("staff.cancel"), ButtonKind::quiet,
                         [this] {
                             asking_.reset();
                             fill();
                         }),
              {1});
    const bool ends = *asking_ == Action::reject || *asking_ == Action::force;
    foot->add(new Button(foot, "desk.reason.send", say("action." + action),
                         ends                       ? ButtonKind::danger
                         : *asking_ == Action::pass ? ButtonKind::success
                                                    : ButtonKind::warning,
                         [this] { send_reason(); }),
              {1});
    reason_->focus();
}

// What the comment is about (R52): fields, materials, pages.
void ReviewPane::fill_points() {
    std::vector<Chips::Chip> chips;
    for (const desk::NamedValue& value : loaded_->view.form) chips.push_back({value.key, value.label});
    for (const desk::NamedFile& file : loaded_->view.files)
        if (std::ranges::find(chips, file.kind, &Chips::Chip::code) == chips.end())
            chips.push_back({file.kind, file.label});
    if (has_pages()) {
        chips.clear();
        for (const domain::ReturnedPage& page : loaded_->view.record.pages)
            chips.push_back({"page:" + std::to_string(page.page),
                             say("staff.page", {{"page", std::to_string(page.page)}})});
    }
    add(new Label(this, Type::note, Colour::muted, say("staff.points")));
    points_ = add(new Chips(this, "desk.points", std::move(chips)));
}

void ReviewPane::fill_talks() {
    Stack* line = add(row(this, px(12), Colour::paper));
    line->add(new Label(line, Type::note, talks_.empty() ? Colour::warning : Colour::success,
                        say("staff.talks", {{"count", std::to_string(talks_.size())}})),
              {1, 0, true});
    line->add(new Button(line, "desk.talks", say("staff.talks.add"), ButtonKind::secondary,
                         [this] { take_talks(); }));
}

// Off the desk's scanner.
void ReviewPane::take_talks() {
    act_on_sheets([](Rooms& rooms, Sheets& sheets) { return take_sheets(rooms, sheets, "talks"); },
                  [this](const Result<Attachments>& taken) {
                      if (!taken) return shell().say(Tone::amber, say(taken.error()));
                      talks_.insert(talks_.end(), taken->begin(), taken->end());
                      fill();
                  });
}

void ReviewPane::press(Action action) {
    if (!offers(action)) return;
    if (!asked(action).reason) return decide(action, {});
    asking_ = action;
    written_.clear();
    talks_.clear();
    fill();
}

void ReviewPane::send_reason() {
    if (reason_->value().empty()) {
        reason_->set_error(say(Refusal{"reason_required"}));
        return reason_->focus();
    }
    desk::StaffDesk::Doing doing{reason_->value()};
    if (points_) doing.comment_on = points_->chosen();
    doing.attachments = talks_;
    *asking_ == Action::force ? ask_twice(std::move(doing)) : decide(*asking_, std::move(doing));
}

// R23: somebody has looked twice.
void ReviewPane::ask_twice(desk::StaffDesk::Doing doing) {
    if (talks_.empty()) return shell().say(Tone::red, say("staff.talks", {{"count", "0"}}));
    Question question{"force",
                      Icon::warning,
                      Tone::red,
                      say("staff.force.title"),
                      say("staff.force.text", {{"employer", loaded_->view.title}}),
                      {}};
    doing.confirmed = true;
    question.answers = {{"force.no", say("staff.cancel"), ButtonKind::quiet, [] {}},
                        {"force.yes", say("action.force"), ButtonKind::danger, [this, doing, here = life()] {
                             if (!here.expired()) decide(Action::force, doing);
                         }}};
    shell().ask(std::move(question));
}

void ReviewPane::decide(Action action, desk::StaffDesk::Doing doing) {
    doing.seen = loaded_->view.record.revision;
    act([id = loaded_->view.record.id, session = office().session(), action,
         doing = std::move(doing)](Rooms& rooms) { return rooms.staff.act(session, id, action, doing); },
        [this](const Result<domain::Registration>& record) {
            // Somebody else was first: what they did is shown, what was typed here stays.
            if (!record && asking_) load(loaded_->view.record.id, loaded_->page, loaded_->file_at);
            if (record) asking_.reset();
            acted_(record);
        });
}

void ReviewPane::look_at_next_change() {
    const auto marks = page_marks(loaded_->checks);
    if (pages_ && !marks.empty()) pages_->look_at(marks[next_change_++ % marks.size()]);
}

bool ReviewPane::key(char32_t letter) {
    if (!loaded_ || asking_) return false;
    if (letter == U'D') return look_at_next_change(), true;
    if (letter == U'F' && has_pages()) return turn(), true;
    constexpr std::pair<char32_t, Action> kKeys[] = {
        {U'A', Action::pass}, {U'R', Action::send_back}, {U'X', Action::reject}, {U'W', Action::withdraw}};
    for (const auto& [key, action] : kKeys)
        if (key == letter && offers(action)) return press(action), true;
    return false;
}

}  // namespace wq::ui::staff
