#include "kiosk/ui/student/link.h"

#include "kiosk/ui/card.h"
#include "kiosk/ui/qr_picture.h"
#include "kiosk/ui/record_parts.h"

namespace wq::ui::student {
namespace {

using domain::Action;

Result<desk::RecordView> view_after(Rooms& rooms, const desk::StudentSession& session, const Uuid& id,
                                    std::optional<Action> action, const desk::Speech& speech) {
    if (action)
        if (auto done = rooms.student.act(session, id, *action); !done)
            return tl::make_unexpected(done.error());
    return rooms.student.record(session, id, speech);
}

}  // namespace

LinkScreen::LinkScreen(Shell& shell, Kiosk& kiosk, Uuid id)
    : StudentScreen(shell, kiosk, "link", Body::scrolling), id_(id) {}

void LinkScreen::build(Stack& body) {
    body.add(new Label(&body, Type::title, Colour::ink, say("student.link.title")));
    if (!view_) return;
    body.add(new Label(&body, Type::body, Colour::muted, say("student.link.text")));
    if (view_->link)
        build_link(body, *view_->link);
    else if (taken_back_)
        body.add(new NoteBox(&body, Tone::amber, "", say("student.link.taken_back")));
}

void LinkScreen::build_link(Stack& body, const desk::ShownLink& link) {
    Card* card = body.add(new Card(&body, px(18)));
    card->add(new Label(card, Type::subheading, Colour::ink, view_->title));
    Stack* middle = card->add(row(card, px(20), Colour::surface));
    middle->add_stretch();
    middle->add(new QrPicture(middle, link.url));
    middle->add_stretch();
    card->add(new Label(card, Type::small, Colour::muted, link.url));
    card->add(new Label(card, Type::body, Colour::ink, say("student.link.until", {{"time", link.until}})));
    body.add(new NoteBox(&body, Tone::blue, "", say("student.link.how")));
    if (link.waiting) body.add(new NoteBox(&body, Tone::amber, "", say("student.link.waiting")));
}

std::vector<FooterButton> LinkScreen::footer() {
    std::vector<FooterButton> buttons{back_button()};
    if (!view_) return buttons;
    if (view_->link)
        buttons.push_back({"link.revoke", say("action.revoke_link"), ButtonKind::danger,
                           [this] { act(Action::revoke_link); }});
    buttons.push_back({"link.new", say(view_->link ? "student.link.another" : "action.share_link"),
                       view_->link ? ButtonKind::secondary : ButtonKind::primary,
                       [this] { act(Action::share_link); }});
    return buttons;
}

void LinkScreen::refresh() {
    app().work(
        *this,
        [session = kiosk().session(), id = id_, speech = speech(), make = !view_](Rooms& rooms) {
            auto view = view_after(rooms, session, id, std::nullopt, speech);
            if (!view || view->link || !make) return view;
            return view_after(rooms, session, id, Action::share_link, speech);
        },
        [this](Result<desk::RecordView> view) { show(std::move(view)); });
}

void LinkScreen::act(Action action) {
    app().act(
        *this,
        [session = kiosk().session(), id = id_, speech = speech(), action](Rooms& rooms) {
            return view_after(rooms, session, id, action, speech);
        },
        [this, action](Result<desk::RecordView> view) {
            taken_back_ = view && action == Action::revoke_link;
            show(std::move(view));
        });
}

void LinkScreen::show(Result<desk::RecordView> view) {
    if (!view) return shell().say(Tone::red, speech()(view.error()));
    view_ = std::move(*view);
    rebuild();
    shell().refresh_footer();
}

}  // namespace wq::ui::student
