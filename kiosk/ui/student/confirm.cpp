#include "kiosk/ui/student/confirm.h"

#include "kiosk/ui/card.h"
#include "kiosk/ui/student/home.h"

namespace wq::ui::student {

ConfirmScreen::ConfirmScreen(Shell& shell, Kiosk& kiosk, bool only_look)
    : StudentScreen(shell, kiosk, only_look ? "my_data" : "confirm", Body::scrolling),
      only_look_(only_look) {}

void ConfirmScreen::build(Stack& body) {
    body.set_gap(px(20));
    const std::string key = only_look_ ? "student.confirm.mine" : "student.confirm.title";
    const std::string note = only_look_ ? "student.confirm.mine_note" : "student.confirm.note";
    body.add(new Label(&body, Type::title, Colour::ink, say(key)));
    body.add(new Label(&body, Type::note, Colour::muted, say(note, {{"office", kiosk().facts().office}})));
    if (values_.empty()) return;
    Card* card = body.add(new Card(&body));
    const int padding = metric(Metric::card_padding);
    card->set_padding(padding, px(16), padding, px(16));
    std::vector<KeyValueList::Row> rows;
    for (const desk::NamedValue& value : values_) rows.push_back({value.label, value.value});
    // Lying panels have room for two columns, and all 15 at a glance.
    if (!kiosk().is_landscape()) {
        card->add(new KeyValueList(card, "confirm.facts", std::move(rows)));
        return;
    }
    Stack* halves = card->add(row(card, padding * 2, Colour::surface));
    const auto middle = rows.begin() + static_cast<std::ptrdiff_t>((rows.size() + 1) / 2);
    halves->add(new KeyValueList(halves, "confirm.facts", {rows.begin(), middle}), {1});
    halves->add(new KeyValueList(halves, "confirm.facts_2", {middle, rows.end()}), {1});
}

std::vector<FooterButton> ConfirmScreen::footer() {
    if (only_look_) return {back_button()};
    return {{"confirm.wrong", say("student.confirm.wrong"), ButtonKind::quiet, [this] { tell_contact(); }},
            {"confirm.right", say("student.confirm.right"), ButtonKind::primary, [this] { confirm(); },
             !values_.empty()}};
}

void ConfirmScreen::refresh() {
    app().work(
        *this,
        [session = kiosk().session(), speech = speech()](Rooms& rooms) {
            return rooms.student.base_data(session, speech);
        },
        [this](Result<desk::BaseData> data) {
            if (!data) return shell().say(Tone::red, speech()(data.error()));
            seen_ = data->revision;
            values_ = std::move(data->values);
            rebuild();
            shell().refresh_footer();
        });
}

void ConfirmScreen::tell_contact() {
    Question question{"contact",
                      Icon::info,
                      Tone::amber,
                      say("student.confirm.contact", {{"office", kiosk().facts().office}}),
                      say("student.confirm.contact_text",
                          {{"line", kiosk().office_line()}, {"address", kiosk().facts().office_address}}),
                      {}};
    question.answers = {{"contact.stay", say("student.confirm.stay"), ButtonKind::quiet, [] {}},
                        {"contact.leave", say("student.confirm.leave"), ButtonKind::primary,
                         [&kiosk = kiosk()] { kiosk.start(); }}};
    shell().ask(std::move(question));
}

void ConfirmScreen::confirm() {
    app().act(
        *this,
        [session = kiosk().session(), seen = seen_](Rooms& rooms) mutable {
            return rooms.student.confirm(session, seen);
        },
        [this](Result<void> confirmed) {
            if (!confirmed) {
                shell().say(Tone::red, speech()(confirmed.error()));
                return refresh();  // with what stands now
            }
            kiosk().session().confirmed = true;
            shell().restart<HomeScreen>(kiosk());
        });
}

}  // namespace wq::ui::student
