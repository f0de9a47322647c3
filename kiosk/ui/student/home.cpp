#include "kiosk/ui/student/home.h"

#include "kiosk/ui/card.h"
#include "kiosk/ui/choices.h"
#include "kiosk/ui/picker.h"
#include "kiosk/ui/record_parts.h"
#include "kiosk/ui/student/confirm.h"
#include "kiosk/ui/student/form.h"
#include "kiosk/ui/student/printing.h"
#include "kiosk/ui/student/record.h"
#include "kiosk/ui/student/scan.h"

namespace wq::ui::student {

HomeScreen::HomeScreen(Shell& shell, Kiosk& kiosk) : StudentScreen(shell, kiosk, "home", Body::scrolling) {}

void HomeScreen::build(Stack& body) {
    Stack* head = body.add(row(&body, px(20), Colour::paper));
    head->add(new Label(head, Type::title, Colour::ink, say("student.home.title")), {1, 0, true});
    head->add(new Button(head, "home.my_data", say("student.home.my_data"), ButtonKind::quiet,
                         [this] { shell().open<ConfirmScreen>(kiosk(), true); }),
              {0, 0, true});
    if (!loaded_) return;
    if (deadline_) body.add(new NoteBox(&body, shown_tone(deadline_->tone), "", deadline_->text));
    for (std::size_t i = 0; i < items_.size(); ++i) build_item(body, items_[i], i);
    if (items_.empty()) body.add(new NoteBox(&body, Tone::blue, "", say("student.home.empty")));
    body.add_stretch();
    build_new(body);
}

void HomeScreen::build_item(Stack& body, const desk::HomeItem& item, std::size_t index) {
    Card* card = body.add(new Card(&body, px(22)));
    Stack* head = card->add(row(card, px(20), Colour::surface));
    head->add(new Label(head, Type::subheading, Colour::ink, item.title), {1});
    head->add(new Badge(head, shown_tone(item.tone), item.status), {0, 0, true});
    card->add(new Label(card, Type::note, Colour::muted, item.line));
    if (!item.stages.empty()) card->add(make_stages(card, item.stages));
    if (!item.comment.empty()) card->add(new NoteBox(card, Tone::amber, item.comment_lead, item.comment));
    if (!item.next_step.empty())
        card->add(new NoteBox(card, Tone::blue, say("student.home.next"), item.next_step));
    build_actions(*card, item, index);
}

void HomeScreen::build_actions(Stack& card, const desk::HomeItem& item, std::size_t index) {
    Stack* buttons = card.add(row(&card, px(28), Colour::surface));
    bool main = item.actions.size() > 1;
    for (const std::string& action : item.actions) {
        const std::string name = "home." + action + "." + std::to_string(index);
        const ButtonKind kind = main ? ButtonKind::primary : ButtonKind::secondary;
        const bool again = action == "edit" && !item.is_draft;
        buttons->add(new Button(buttons, name, say("student.home." + action + (again ? "_again" : "")), kind,
                                [this, item, action] { act(item, action); }),
                     {1});
        main = false;
    }
}

void HomeScreen::build_new(Stack& body) {
    body.add(new Label(&body, Type::section, Colour::ink, say("student.home.new")));
    Stack* three = body.add(row(&body, px(28), Colour::paper));
    const auto add = [&](const std::string& what, std::function<void()> press) {
        const CardText text{say("student.home." + what), say("student.home." + what + "_text"), Icon::none,
                            Type::section, Type::small};
        three->add(new ActionCard(three, "home." + what, text, std::move(press)), {1});
    };
    add("sign", [this] { begin(domain::Kind::offline); });
    add("supplement", [this] { begin(domain::Kind::supplement); });
    add("other", [this] { begin(domain::Kind::destination); });
}

void HomeScreen::refresh() {
    struct Loaded {
        std::vector<desk::HomeItem> items;
        std::optional<desk::StudentDesk::DeadlineNote> deadline;
    };
    app().work(
        *this,
        [session = kiosk().session(), speech = speech()](Rooms& rooms) {
            return Loaded{rooms.student.items(session, speech), rooms.student.deadline(session, speech)};
        },
        [this](Loaded loaded) {
            items_ = std::move(loaded.items);
            deadline_ = std::move(loaded.deadline);
            loaded_ = true;
            rebuild();
        });
}

void HomeScreen::act(const desk::HomeItem& item, const std::string& action) {
    if (action == "print") return print_agreement(kiosk(), *this, item.id, [this] { refresh(); });
    if (action == "return") {
        shell().open<ScanScreen>(kiosk());
    } else if (action == "edit") {
        edit(item.id);
    } else if (action == "discard") {
        ask_discard(item);
    } else {
        shell().open<RecordScreen>(kiosk(), item.id);
    }
}

void HomeScreen::begin(domain::Kind kind) {
    struct Begun {
        std::optional<Refusal> why;
        store::Draft draft;
    };
    app().act(
        *this,
        [session = kiosk().session(), kind](Rooms& rooms) {
            return Begun{rooms.student.hindrance(session, kind), rooms.student.new_draft(session, kind)};
        },
        [this](Begun begun) {
            if (begun.why) return tell_hindrance(*begun.why);
            if (begun.draft.kind == domain::Kind::destination) return choose_destination(begun.draft);
            open_form(kiosk(), {std::move(begun.draft)});
        });
}

void HomeScreen::choose_destination(const store::Draft& draft) {
    shell().open<Picker>(say("student.other.title"), destination_choices(app().codes(), speech()), "",
                         [this, draft](const std::string& code) {
                             store::Draft begun = draft;
                             begun.form["destination"] = code;
                             // The picker leaves first.
                             shell().CallAfter([this, life = life(), begun] {
                                 if (!life.expired()) open_form(kiosk(), {begun});
                             });
                         });
}

void HomeScreen::tell_hindrance(const Refusal& why) {
    Question question{"hindered", Icon::info, Tone::amber, say("student.home.hindered"), speech()(why), {}};
    question.answers = {{"hindered.close", say("ui.close"), ButtonKind::primary, [] {}}};
    shell().ask(std::move(question));
}

void HomeScreen::edit(const Uuid& id) {
    app().act(
        *this,
        [session = kiosk().session(), id](Rooms& rooms) {
            return rooms.student.edit(session, id).map([&](store::Draft draft) {
                TakenUp taken{std::move(draft)};
                if (const auto record = rooms.home.store().registrations().find(id)) {
                    taken.comment = record->comment;
                    taken.comment_on = record->comment_on;
                }
                return taken;
            });
        },
        [this](Result<TakenUp> taken) {
            if (!taken) return shell().say(Tone::red, speech()(taken.error()));
            open_form(kiosk(), std::move(*taken));
        });
}

void HomeScreen::ask_discard(const desk::HomeItem& item) {
    Question question{"discard",
                      Icon::warning,
                      Tone::red,
                      say("student.discard.title"),
                      say("student.discard.text", {{"employer", item.title}}),
                      {}};
    question.answers = {{"discard.no", say("student.discard.no"), ButtonKind::quiet, [] {}},
                        {"discard.yes", say("student.discard.yes"), ButtonKind::danger,
                         [this, id = item.id] { discard(id); }}};
    shell().ask(std::move(question));
}

void HomeScreen::discard(const Uuid& id) {
    app().act(
        *this, [session = kiosk().session(), id](Rooms& rooms) { rooms.student.discard(session, id); },
        [this] { refresh(); });
}

}  // namespace wq::ui::student
