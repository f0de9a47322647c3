#include "kiosk/ui/staff/review_pane.h"

#include "kiosk/ui/button.h"
#include "kiosk/ui/card.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/paper_picture.h"
#include "kiosk/ui/scroll_area.h"
#include "pdf/scan/raster.h"

#include <algorithm>

namespace wq::ui::staff {
namespace {

using domain::Action;

constexpr double kShownDpi = 150;  // as the returned pages are kept

Picture issued_page(desk::StaffDesk& desk, const desk::StaffSession& session, const Uuid& id, int page) {
    const auto pdf = desk.issued_pdf(session, id);
    const auto document = pdf ? scan::Document::open(*pdf) : tl::make_unexpected(pdf.error());
    const auto picture = document ? document->raster(page, kShownDpi) : tl::make_unexpected(document.error());
    return picture ? shown(*picture) : Picture{};
}

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
    wanted_ = id;
    asking_.reset();
    load(id, 1);
}

void ReviewPane::show_nothing() {
    wanted_.reset();
    loaded_.reset();
    asking_.reset();
    fill();
}

void ReviewPane::load(const Uuid& id, int page) {
    work(
        [id, page, session = office().session(), speech = app().speech()](Rooms& rooms) -> Result<Loaded> {
            auto view = rooms.staff.review(session, id, speech);
            if (!view) return tl::make_unexpected(view.error());
            Loaded loaded{std::move(*view), {}, {}, {}, page, {}};
            loaded.actions = rooms.staff.actions(session, loaded.view.record);
            if (loaded.view.record.paper) loaded.issued = issued_page(rooms.staff, session, id, page);
            for (const domain::ReturnedPage& returned : loaded.view.record.pages) {
                if (returned.page != page) continue;
                loaded.checks = returned.checks;
                loaded.returned = shown_file(rooms.staff.picture(returned.picture));
            }
            return loaded;
        },
        [this, id](Result<Loaded> loaded) {
            if (wanted_ != id) return;  // another one was chosen meanwhile
            if (loaded)
                loaded_ = std::move(*loaded);
            else
                loaded_.reset();
            fill();
        });
}

void ReviewPane::fill() {
    clear();
    reason_ = nullptr;
    returned_ = nullptr;
    next_change_ = 0;
    if (loaded_) {
        loaded_->view.record.pages.empty() ? fill_form() : fill_pages();
        asking_ ? fill_reason() : fill_verdict();
    }
    lay_out_again(*this);
}

void ReviewPane::fill_form() {
    const desk::RecordView& view = loaded_->view;
    Stack* head = add(row(this, px(12), Colour::paper));
    head->add(new Label(head, Type::heading, Colour::ink, view.title), {1, 0, true});
    head->add(new Badge(head, view.tone == desk::Tone::good ? Tone::green : Tone::blue, view.status),
              {0, 0, true});
    for (const std::string& warning : view.warnings) add(new NoteBox(this, Tone::red, "", warning));
    auto* scroll = add(new ScrollArea(this, Colour::paper, px(12)), {1});
    Stack& body = *scroll->content();
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

void ReviewPane::fill_pages() {
    const desk::RecordView& view = loaded_->view;
    Stack* head = add(row(this, px(10), Colour::paper));
    head->add(new Label(head, Type::heading, Colour::ink, view.title), {1, 0, true});
    for (const domain::ReturnedPage& page : view.record.pages) {
        const bool now = page.page == loaded_->page;
        head->add(new Button(head, "desk.page." + std::to_string(page.page),
                             say("staff.page", {{"page", std::to_string(page.page)}}),
                             now ? ButtonKind::primary : ButtonKind::quiet,
                             [this, number = page.page] { load(loaded_->view.record.id, number); }));
    }
    Stack* pages = add(row(this, px(12), Colour::paper), {1});
    auto* issued = pages->add(new PageView(pages, "desk.issued", PageView::Ground::light), {1});
    issued->set_caption(say("staff.issued"));
    issued->set_picture(loaded_->issued);
    returned_ = pages->add(new PageView(pages, "desk.returned", PageView::Ground::light), {1});
    PageView* returned = returned_;
    issued->on_look([returned](const Look& look) { returned->set_look(look); });
    returned->on_look([issued](const Look& look) { issued->set_look(look); });
    const std::string changes(domain::value_of(loaded_->checks, "changes"));
    returned->set_caption(say("staff.returned", {{"changes", changes.empty() ? "?" : changes}}));
    returned->set_picture(loaded_->returned);
    returned->set_marks(change_marks(domain::value_of(loaded_->checks, "change_boxes")));
    std::string line;
    bool good = true;
    for (std::string_view check : {"code", "seal", "sharp", "complete", "same"}) {
        const auto value = domain::value_of(loaded_->checks, check);
        if (value.empty()) continue;
        good = good && value == "yes";
        line += (line.empty() ? "" : "　") + std::string(value == "yes" ? "✔ " : "✘ ") +
                say("staff.check." + std::string(check));
    }
    add(new NoteBox(this, good ? Tone::green : Tone::amber, "", line));
}

bool ReviewPane::offers(Action action) const {
    // Until the chosen record is loaded, the one before it must not be decided by mistake.
    return loaded_ && wanted_ == loaded_->view.record.id && std::ranges::count(loaded_->actions, action) > 0;
}

void ReviewPane::fill_verdict() {
    if (loaded_->actions.empty()) return;
    Stack* verdict = add(row(this, px(12), Colour::paper));
    const auto offer = [&](Action action, const char* name, ButtonKind kind) {
        if (offers(action))
            verdict->add(new Button(verdict, "desk." + std::string(domain::name_of(action)), say(name), kind,
                                    [this, action] { press(action); }),
                         {1});
    };
    offer(Action::pass, "staff.pass", ButtonKind::success);
    offer(Action::send_back, "staff.send_back", ButtonKind::warning);
    offer(Action::reject, "staff.reject", ButtonKind::danger);
    offer(Action::withdraw, "staff.withdraw", ButtonKind::quiet);
}

void ReviewPane::fill_reason() {
    const std::string action(domain::name_of(*asking_));
    add(new Label(this, Type::label, Colour::ink, say("staff.reason." + action)));
    Stack* ready = add(row(this, px(8), Colour::paper));
    for (int i = 1; i <= 3; ++i) {
        const std::string sentence = say("staff.ready." + std::to_string(i));
        ready->add(new Button(ready, "desk.ready." + std::to_string(i), sentence, ButtonKind::quiet,
                              [this, sentence] { reason_->set_value(sentence); }));
    }
    reason_ = add(new Field(this, {"desk.reason", "", true, say("staff.reason.hint")}));
    reason_->on_action([this] { press(*asking_); });
    Stack* foot = add(row(this, px(12), Colour::paper));
    foot->add(new Button(foot, "desk.reason.cancel", say("staff.cancel"), ButtonKind::quiet,
                         [this] {
                             asking_.reset();
                             fill();
                         }),
              {1});
    foot->add(new Button(foot, "desk.reason.send", say("action." + action),
                         *asking_ == Action::reject ? ButtonKind::danger : ButtonKind::warning,
                         [this] { decide(*asking_, reason_->value()); }),
              {1});
    reason_->focus();
}

void ReviewPane::press(Action action) {
    if (!offers(action)) return;
    if (action == Action::pass) return decide(action, "");
    if (reason_) return decide(action, reason_->value());
    asking_ = action;
    fill();
}

void ReviewPane::decide(Action action, const std::string& reason) {
    if (action != Action::pass && reason.empty()) {
        reason_->set_error(say(Refusal{"reason_required"}));
        return reason_->focus();
    }
    act([id = loaded_->view.record.id, seen = loaded_->view.record.revision, session = office().session(),
         action, reason](Rooms& rooms) { return rooms.staff.act(session, id, action, reason, seen); },
        [this](const Result<domain::Registration>& record) {
            asking_.reset();
            acted_(record);
        });
}

void ReviewPane::look_at_next_change() {
    const auto marks = change_marks(domain::value_of(loaded_->checks, "change_boxes"));
    if (returned_ && !marks.empty()) returned_->look_at(marks[next_change_++ % marks.size()]);
}

bool ReviewPane::key(char32_t letter) {
    if (!loaded_ || asking_) return false;
    if (letter == U'D') return look_at_next_change(), true;
    constexpr std::pair<char32_t, Action> kKeys[] = {
        {U'A', Action::pass}, {U'R', Action::send_back}, {U'X', Action::reject}, {U'W', Action::withdraw}};
    for (const auto& [key, action] : kKeys)
        if (key == letter && offers(action)) return press(action), true;
    return false;
}

}  // namespace wq::ui::staff
