#include "kiosk/ui/student/record.h"

#include "kiosk/desk/return_slip.h"
#include "kiosk/ui/card.h"
#include "kiosk/ui/record_parts.h"
#include "kiosk/ui/student/act.h"
#include "kiosk/ui/student/link.h"
#include "kiosk/ui/student/printing.h"
#include "kiosk/ui/student/scan.h"

#include <algorithm>

namespace wq::ui::student {
namespace {

using domain::Action;

bool is_aside(Action action) {
    return action == Action::discard || action == Action::remove || action == Action::ask_termination ||
           action == Action::revoke || action == Action::share_link;
}

}  // namespace

RecordScreen::RecordScreen(Shell& shell, Kiosk& kiosk, Uuid id)
    : StudentScreen(shell, kiosk, "record", Body::scrolling), id_(id) {}

void RecordScreen::build(Stack& body) {
    body.add(new Label(&body, Type::title, Colour::ink, say("student.record.title")));
    if (!view_) return;
    build_head(body);
    build_acts(body);
    build_history(body);
    if (!view_->termination.empty()) build_values(body, "termination", view_->termination);
    build_values(body, "form", view_->form);
    if (!view_->files.empty()) build_files(body);
    build_values(body, "agreement", view_->agreement);
    build_values(body, "student", view_->student);
}

void RecordScreen::build_head(Stack& body) {
    Card* card = body.add(new Card(&body, px(22)));
    Stack* head = card->add(row(card, px(20), Colour::surface));
    head->add(new Label(head, Type::subheading, Colour::ink, view_->title), {1});
    head->add(new Badge(head, shown_tone(view_->tone), view_->status), {0, 0, true});
    if (!view_->stages.empty()) card->add(make_stages(card, view_->stages));
    for (const std::string& warning : view_->warnings)
        card->add(new NoteBox(card, Tone::red, say("student.record.warning"), warning));
    if (!view_->record.comment.empty())
        card->add(new NoteBox(card, Tone::amber, view_->comment_lead, view_->record.comment));
    if (!view_->next_step.empty())
        card->add(new NoteBox(card, Tone::blue, say("student.home.next"), view_->next_step));
}

// What can be done beside the way that leads on, which the footer offers.
void RecordScreen::build_acts(Stack& body) {
    Stack* line = nullptr;
    if (desk::was_sent_back(view_->record)) {
        line = body.add(row(&body, px(28), Colour::paper));
        line->add(new Button(line, "record.slip", say("student.record.slip"), ButtonKind::secondary,
                             [this] { print_slip(); }),
                  {1});
    }
    for (const Action action : actions_) {
        if (!is_aside(action)) continue;
        if (!line) line = body.add(row(&body, px(28), Colour::paper));
        line->add(new Button(line, "record." + std::string(domain::name_of(action)),
                             say("student.record." + std::string(domain::name_of(action))),
                             ButtonKind::secondary, [this, action] { open_act(action); }),
                  {1});
    }
}

void RecordScreen::print_slip() {
    print_paper(kiosk(), *this, "student.printed.slip_text",
                [session = kiosk().session(), id = id_](Rooms& rooms) {
                    return rooms.student.slip_pdf(session, id);
                });
}

void RecordScreen::open_act(Action action) {
    if (action == Action::share_link)
        shell().open<LinkScreen>(kiosk(), id_);
    else
        shell().open<ActScreen>(kiosk(), *view_, action);
}

void RecordScreen::build_files(Stack& body) {
    std::vector<desk::NamedValue> values;
    for (const desk::NamedFile& file : view_->files) {
        const bool same = !values.empty() && values.back().key == file.kind;
        if (same)
            values.back().value = std::to_string(std::stoi(values.back().value) + 1);
        else
            values.push_back({file.kind, file.label, "1"});
    }
    for (desk::NamedValue& value : values)
        value.value = say("student.material.there", {{"count", value.value}});
    build_values(body, "files", values);
}

void RecordScreen::build_values(Stack& body, const std::string& name,
                                const std::vector<desk::NamedValue>& values) {
    Card* card = body.add(new Card(&body, px(8)));
    const int padding = metric(Metric::card_padding);
    card->set_padding(padding, px(24), padding, px(12));
    card->add(new Label(card, Type::section, Colour::ink, say("student.record." + name)));
    std::vector<KeyValueList::Row> rows;
    for (const desk::NamedValue& value : values) rows.push_back({value.label, value.value});
    card->add(new KeyValueList(card, "record." + name, std::move(rows)));
}

void RecordScreen::build_history(Stack& body) {
    Card* card = body.add(new Card(&body, px(12)));
    card->add(new Label(card, Type::section, Colour::ink, say("student.record.history")));
    std::vector<Timeline::Entry> entries;
    for (const desk::TimelineEntry& entry : view_->timeline) {
        const Tone tone = entry.comment.empty() ? Tone::blue : Tone::amber;
        entries.insert(entries.begin(), {entry.what, entry.who + " · " + entry.when + " · " + entry.sync,
                                         entry.comment, tone});
    }
    card->add(new Timeline(card, "record.history", std::move(entries)));
}

std::vector<FooterButton> RecordScreen::footer() {
    std::vector<FooterButton> buttons{back_button()};
    if (!view_) return buttons;
    for (const Action action : {Action::decline, Action::disagree, Action::accept, Action::agree}) {
        if (std::ranges::count(actions_, action) == 0) continue;
        const bool says_yes = action == Action::accept || action == Action::agree;
        buttons.push_back({"record." + std::string(domain::name_of(action)),
                           say("action." + std::string(domain::name_of(action))),
                           says_yes ? ButtonKind::primary : ButtonKind::secondary,
                           [this, action] { open_act(action); }});
    }
    if (view_->record.paper) add_paper(buttons);
    return buttons;
}

// What comes next is the main one: the paper first, then its way back.
void RecordScreen::add_paper(std::vector<FooterButton>& buttons) {
    const bool to_return = std::ranges::count(actions_, Action::return_paper) > 0;
    const bool printed = view_->copies_printed > 0;
    FooterButton print{"record.print",
                       say("student.home.print"),
                       ButtonKind::secondary,
                       [this] { print_agreement(kiosk(), *this, id_, [this] { refresh(); }); },
                       true,
                       Icon::print};
    FooterButton scan{"record.return", say("student.home.return"), ButtonKind::secondary,
                      [this] { shell().open<ScanScreen>(kiosk()); }};
    FooterButton& main = to_return && printed ? scan : print;
    main.kind = ButtonKind::primary;
    if (to_return) buttons.push_back(&main == &scan ? print : scan);
    buttons.push_back(main);
}

void RecordScreen::refresh() {
    struct Loaded {
        desk::RecordView view;
        std::vector<Action> actions;
    };
    app().work(
        *this,
        [session = kiosk().session(), id = id_, speech = speech()](Rooms& rooms) {
            return rooms.student.record(session, id, speech).map([&](desk::RecordView view) {
                auto actions = rooms.student.actions(view.record);
                return Loaded{std::move(view), std::move(actions)};
            });
        },
        [this](Result<Loaded> loaded) {
            if (!loaded) return shell().say(Tone::red, speech()(loaded.error()));
            view_ = std::move(loaded->view);
            actions_ = std::move(loaded->actions);
            rebuild();
            shell().refresh_footer();
        });
}

}  // namespace wq::ui::student
