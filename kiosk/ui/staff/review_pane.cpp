#include "kiosk/ui/staff/review_pane.h"

#include "kiosk/ui/button.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/scroll_area.h"
#include "pdf/render/sheet.h"
#include "pdf/scan/page_image.h"
#include "pdf/scan/raster.h"

#include <algorithm>
#include <cstdio>

namespace wq::ui::staff {
namespace {

using domain::Action;

constexpr double kShownDpi = 110;  // near the size on a desk's display

Picture to_show(const scan::Picture& picture) {
    Picture shown{picture.width, picture.height, {}};
    shown.rgb.resize(picture.bgr.size());
    for (std::size_t i = 0; i + 2 < picture.bgr.size(); i += 3) {
        shown.rgb[i] = picture.bgr[i + 2];
        shown.rgb[i + 1] = picture.bgr[i + 1];
        shown.rgb[i + 2] = picture.bgr[i];
    }
    return shown;
}

Picture issued_page(desk::StaffDesk& desk, const desk::StaffSession& session, const Uuid& id, int page) {
    const auto pdf = desk.issued_pdf(session, id);
    const auto document = pdf ? scan::Document::open(*pdf) : tl::make_unexpected(pdf.error());
    const auto picture = document ? document->raster(page, kShownDpi) : tl::make_unexpected(document.error());
    return picture ? to_show(*picture) : Picture{};
}

// "x,y,w,h;…" in millimetres, as shares of the sheet.
std::vector<PageMark> marks_of(const domain::Form& checks) {
    std::vector<PageMark> marks;
    const std::string boxes(domain::value_of(checks, "change_boxes"));
    for (std::size_t at = 0; at < boxes.size(); at = boxes.find(';', at) + 1) {
        double x = 0, y = 0, width = 0, height = 0;
        if (std::sscanf(boxes.c_str() + at, "%lf,%lf,%lf,%lf", &x, &y, &width, &height) == 4)
            marks.push_back({(x - 1) / sheet::kWidth, (y - 1) / sheet::kHeight, (width + 2) / sheet::kWidth,
                             (height + 2) / sheet::kHeight});
        if (boxes.find(';', at) == std::string::npos) break;
    }
    return marks;
}

void add_values(Stack& to, const std::string& name, const std::string& title,
                const std::vector<desk::NamedValue>& values) {
    to.add(new Label(&to, Type::section, Colour::ink, title));
    std::vector<KeyValueList::Row> rows;
    for (const desk::NamedValue& value : values) rows.push_back({value.label, value.value});
    to.add(new KeyValueList(&to, name, std::move(rows)));
}

}  // namespace

ReviewPane::ReviewPane(wxWindow* parent, Screen& screen, Office& office, Acted acted)
    : Stack(parent, Axis::down, px(12), Colour::paper),
      screen_(screen),
      office_(office),
      acted_(std::move(acted)) {
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
    office_.app().work(
        screen_,
        [id, page, session = office_.session(),
         speech = office_.app().speech()](Rooms& rooms) -> Result<Loaded> {
            auto view = rooms.staff.review(session, id, speech);
            if (!view) return tl::make_unexpected(view.error());
            Loaded loaded{std::move(*view), {}, {}, {}, page, {}};
            loaded.actions = rooms.staff.actions(session, loaded.view.record);
            if (loaded.view.record.paper) loaded.issued = issued_page(rooms.staff, session, id, page);
            for (const domain::ReturnedPage& returned : loaded.view.record.pages) {
                if (returned.page != page) continue;
                loaded.checks = returned.checks;
                const auto file = rooms.staff.picture(returned.picture);
                const auto pictures =
                    file ? scan::read_pictures(*file) : tl::make_unexpected(Refusal{"picture_damaged"});
                if (pictures) loaded.returned = to_show(pictures->front());
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
    add_values(body, "desk.employer", say("staff.group.employer"), view.employer);
    add_values(body, "desk.student", say("staff.group.student"), view.student);
    if (!view.agreement.empty())
        add_values(body, "desk.agreement", say("staff.group.agreement"), view.agreement);
    body.add(new Label(&body, Type::section, Colour::ink, say("staff.group.history")));
    std::vector<KeyValueList::Row> history;
    for (const desk::TimelineEntry& entry : view.timeline)
        history.push_back({entry.when, entry.what + " · " + entry.who +
                                           (entry.comment.empty() ? "" : " · " + entry.comment) + " · " +
                                           entry.sync});
    body.add(new KeyValueList(&body, "desk.history", std::move(history)));
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
    auto* returned = pages->add(new PageView(pages, "desk.returned", PageView::Ground::light), {1});
    const std::string changes(domain::value_of(loaded_->checks, "changes"));
    returned->set_caption(say("staff.returned", {{"changes", changes.empty() ? "?" : changes}}));
    returned->set_picture(loaded_->returned);
    returned->set_marks(marks_of(loaded_->checks));
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
                         [this] { act(*asking_, reason_->value()); }),
              {1});
    reason_->focus();
}

void ReviewPane::press(Action action) {
    if (!offers(action)) return;
    if (action == Action::pass) return act(action, "");
    if (reason_) return act(action, reason_->value());
    asking_ = action;
    fill();
}

void ReviewPane::act(Action action, const std::string& reason) {
    if (action != Action::pass && reason.empty()) {
        reason_->set_error(office_.app().speech()(Refusal{"reason_required"}));
        return reason_->focus();
    }
    office_.app().act(
        screen_,
        [id = loaded_->view.record.id, seen = loaded_->view.record.revision, session = office_.session(),
         action, reason](Rooms& rooms) { return rooms.staff.act(session, id, action, reason, seen); },
        [this](const Result<domain::Registration>& record) {
            asking_.reset();
            acted_(record);
        });
}

bool ReviewPane::key(char32_t key) {
    if (!loaded_ || asking_) return false;
    constexpr std::pair<char32_t, Action> kKeys[] = {
        {U'A', Action::pass}, {U'R', Action::send_back}, {U'X', Action::reject}, {U'W', Action::withdraw}};
    for (const auto& [letter, action] : kKeys)
        if (letter == key && offers(action)) return press(action), true;
    return false;
}

}  // namespace wq::ui::staff
