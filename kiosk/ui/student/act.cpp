#include "kiosk/ui/student/act.h"

#include "data/domain/termination.h"
#include "kiosk/ui/card.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/student/field_made.h"
#include "kiosk/ui/student/printing.h"

#include <algorithm>

namespace wq::ui::student {
namespace {

using domain::Action;

constexpr std::size_t kLongestReason = 300;

ButtonKind kind_of(Action action) {
    const bool ends = action == Action::remove || action == Action::discard || action == Action::decline ||
                      action == Action::disagree;
    return ends ? ButtonKind::danger : ButtonKind::primary;
}

}  // namespace

ActScreen::ActScreen(Shell& shell, Kiosk& kiosk, desk::RecordView view, Action action)
    : StudentScreen(shell, kiosk, "act", Body::scrolling),
      view_(std::move(view)),
      action_(action),
      asked_(domain::asked_for(view_.record, action, domain::Role::student).value_or(domain::Asked{})) {
    // What was brought before stands: only what the reviewer asked for has to be changed.
    if (action == Action::ask_termination && domain::open_stage(view_.record)) {
        attachments_ = view_.record.termination->papers;
        reason_ = view_.record.termination->reason;
        form_ = view_.record.termination->form;
    }
}

std::string ActScreen::key(const std::string& part) const {
    return "student.act." + std::string(domain::name_of(action_)) + "." + part;
}

void ActScreen::build(Stack& body) {
    body.add(new Label(&body, Type::title, Colour::ink, say(key("title"))));
    for (const std::string& warning : action_ == Action::accept ? view_.warnings : std::vector<std::string>())
        body.add(new NoteBox(&body, Tone::red, say("student.record.warning"), warning));
    Card* card = body.add(new Card(&body, px(18)));
    card->add(new Label(card, Type::subheading, Colour::ink, view_.title));
    std::string text = say(key("text"));
    if (asked_.material == "termination_paper") text = say(key("text.on_paper"));
    card->add(new Label(card, Type::body, Colour::ink, std::move(text)));
    if (action_ == Action::accept)
        body.add(
            new NoteBox(&body, Tone::amber, say("student.form.notice"), say("student.form.notice_text")));
    if (view_.record.termination && (action_ == Action::agree || action_ == Action::disagree))
        body.add(new NoteBox(&body, Tone::blue, say("student.act.their_reason"),
                             view_.record.termination->reason));
    field_ = nullptr;
    if (asked_.reason) {
        FieldSpec spec{"act.reason", say("student.act.reason"), asked_.reason, say(key("hint"))};
        spec.kind = FieldSpec::Kind::lines;
        spec.limit = kLongestReason;
        field_ = body.add(new Field(&body, spec));
        field_->set_value(reason_);
        field_->on_change([this] { reason_ = field_->value(); });
    }
    if (action_ == Action::ask_termination) build_application(body);
    if (!asked_.material.empty())
        build_material(
            kiosk(), body, {std::string(asked_.material)}, attachments_,
            [this](Attachments now) { attachments_ = std::move(now); }, print_button());
}

// What the application's form asks for beside the reason (R36).
void ActScreen::build_application(Stack& body) {
    for (const domain::Field& field : domain::termination_fields()) {
        const std::string key(field.key);
        FormField* made = body.add(made_field(&body, app(), "act." + key, field));
        made->set_value(domain::value_of(form_, key));
        made->on_change([this, key, made] { form_[key] = made->value(); });
    }
}

std::optional<PrintButton> ActScreen::print_button() {
    if (asked_.material != "termination_paper") return std::nullopt;
    return PrintButton{say("student.act.print_form"), [this] {
                           print_paper(kiosk(), *this, "student.printed.form_text",
                                       [session = kiosk().session(), id = view_.record.id, form = form_,
                                        reason = reason_](Rooms& rooms) {
                                           return rooms.student.application_pdf(session, id, form, reason);
                                       });
                       }};
}

std::vector<FooterButton> ActScreen::footer() {
    return {back_button(),
            {"act.do", say("action." + std::string(domain::name_of(action_))), kind_of(action_),
             [this] { act(); }}};
}

void ActScreen::act() {
    if (asked_.reason && reason_.empty()) {
        field_->set_error(speech()(Refusal{"reason_required"}));
        return field_->focus();
    }
    app().act(
        *this,
        [session = kiosk().session(), id = view_.record.id, seen = view_.record.revision, action = action_,
         reason = reason_, attachments = attachments_, form = form_](Rooms& rooms) {
            return rooms.student.act(session, id, action, reason, attachments, seen, form);
        },
        [this](const Result<domain::Registration>& record) {
            if (!record) {
                shell().say(Tone::red, speech()(record.error()));
                if (record.error().code == "changed_meanwhile") look_again();
                return;
            }
            Shell& window = shell();
            window.say(Tone::green, say(key("done")));
            window.back_to("home");
        });
}

// The record as it is now; what was typed and scanned stays, to be sent once it was looked at.
void ActScreen::look_again() {
    app().work(
        *this,
        [session = kiosk().session(), id = view_.record.id, speech = speech()](Rooms& rooms) {
            return rooms.student.record(session, id, speech);
        },
        [this](Result<desk::RecordView> view) {
            if (!view) return;
            view_ = std::move(*view);
            rebuild();
        });
}

}  // namespace wq::ui::student
