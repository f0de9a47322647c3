#include "kiosk/ui/student/record.h"

#include "kiosk/ui/card.h"
#include "kiosk/ui/student/home.h"
#include "kiosk/ui/student/printing.h"
#include "kiosk/ui/student/scan.h"

namespace wq::ui::student {

RecordScreen::RecordScreen(Shell& shell, Kiosk& kiosk, Uuid id)
    : StudentScreen(shell, kiosk, "record", Body::scrolling), id_(id) {}

void RecordScreen::build(Stack& body) {
    body.add(new Label(&body, Type::title, Colour::ink, say("student.record.title")));
    if (!view_) return;
    build_head(body);
    build_history(body);
    build_values(body, "agreement", view_->agreement);
    build_values(body, "employer", view_->employer);
    build_values(body, "student", view_->student);
}

void RecordScreen::build_head(Stack& body) {
    Card* card = body.add(new Card(&body, px(22)));
    Stack* head = card->add(row(card, px(20), Colour::surface));
    head->add(new Label(head, Type::subheading, Colour::ink, view_->title), {1});
    head->add(new Badge(head, shown_tone(view_->tone), view_->status), {0, 0, true});
    if (!domain::is_final(view_->record.state) || view_->record.state == domain::State::effective)
        card->add(make_stages(card, view_->stages));
    for (const std::string& warning : view_->warnings)
        card->add(new NoteBox(card, Tone::amber, say("student.record.warning"), warning));
    if (!view_->record.comment.empty())
        card->add(new NoteBox(card, Tone::amber, say("student.home.comment"), view_->record.comment));
    const std::string next = "next." + std::string(domain::name_of(view_->record.state));
    if (const std::string words = say(next); words != next)
        card->add(new NoteBox(card, Tone::blue, say("student.home.next"), words));
}

void RecordScreen::build_values(Stack& body, const std::string& name,
                                const std::vector<desk::NamedValue>& values) {
    Card* card = body.add(new Card(&body, px(8)));
    const int padding = metric(Metric::card_padding);
    card->set_padding(padding, px(24), padding, px(12));
    card->add(new Label(card, Type::section, Colour::ink, say("student.record." + name)));
    std::vector<KeyValueList::Row> rows;
    for (const desk::NamedValue& value : values) rows.push_back({value.label, value.value});
    if (name == "agreement" && view_->copies_printed > 0)
        rows.push_back({say("label.copy"),
                        say("student.record.copies", {{"count", std::to_string(view_->copies_printed)}})});
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
    if (!view_ || !view_->record.paper) return buttons;
    const bool to_return = view_->record.state == domain::State::approved;
    const bool printed = view_->copies_printed > 0;
    FooterButton print{"record.print",
                       say("student.home.print"),
                       ButtonKind::secondary,
                       [this] { print_agreement(kiosk(), *this, id_, [this] { refresh(); }); },
                       true,
                       Icon::print};
    FooterButton scan{"record.return", say("student.home.return"), ButtonKind::secondary,
                      [this] { shell().open<ScanScreen>(kiosk()); }};
    // What comes next is the main one: the paper first, then its way back.
    FooterButton& main = to_return && printed ? scan : print;
    main.kind = ButtonKind::primary;
    if (to_return) buttons.push_back(&main == &scan ? print : scan);
    buttons.push_back(main);
    return buttons;
}

void RecordScreen::refresh() {
    app().work(
        *this,
        [session = kiosk().session(), id = id_, speech = speech()](Rooms& rooms) {
            return rooms.student.record(session, id, speech);
        },
        [this](Result<desk::RecordView> view) {
            if (!view) return shell().say(Tone::red, speech()(view.error()));
            view_ = std::move(*view);
            rebuild();
            shell().refresh_footer();
        });
}

}  // namespace wq::ui::student
