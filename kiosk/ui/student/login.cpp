#include "kiosk/ui/student/login.h"

#include "kiosk/ui/field.h"

namespace wq::ui::student {

LoginScreen::LoginScreen(Shell& shell, Kiosk& kiosk)
    : StudentScreen(shell, kiosk, "login", Body::scrolling) {}

void LoginScreen::build(Stack& body) {
    body.add(new Label(&body, Type::title, Colour::ink, say("student.login.title")));
    // Lying, the on-screen keyboard leaves room for one row of fields.
    Stack* fields = &body;
    if (kiosk().is_landscape()) fields = body.add(row(&body, px(28), Colour::paper));
    const FieldSpec account{"login.account", say("student.login.account"), true,
                            say("student.login.account_hint")};
    account_ = fields->add(new Field(fields, account), {kiosk().is_landscape() ? 1.0 : 0});
    account_->on_action([this] { password_->focus(); });
    const FieldSpec password{"login.password", say("student.login.password"), true,
                             say("student.login.password_hint"), FieldSpec::Kind::password};
    password_ = fields->add(new Field(fields, password), {kiosk().is_landscape() ? 1.0 : 0});
    password_->on_action([this] { enter(); });
    trouble_ = body.add(new NoteBox(&body, Tone::red, "", why_ ? speech()(*why_) : ""));
    trouble_->Show(why_.has_value());
    body.add(new Label(&body, Type::note, Colour::muted, say("student.login.note")));
    body.add(new Button(&body, "login.forgot", say("student.login.forgot"), ButtonKind::secondary,
                        [this] { tell_forgot(); }));
}

std::vector<FooterButton> LoginScreen::footer() {
    return {back_button(),
            {"login.enter", say("student.login.enter"), ButtonKind::primary, [this] { enter(); }}};
}

void LoginScreen::enter() {
    const Refusal missing{"required"};
    account_->set_error(account_->value().empty() ? speech()(missing) : "");
    password_->set_error(password_->value().empty() ? speech()(missing) : "");
    if (account_->value().empty()) return account_->focus();
    if (password_->value().empty()) return password_->focus();
    app().act(
        *this,
        [account = account_->value(), password = password_->value()](Rooms& rooms) {
            return rooms.student.log_in(account, password);
        },
        [this](Result<desk::StudentSession> session) {
            if (session) return kiosk().begin(std::move(*session));
            show(session.error());
        });
}

void LoginScreen::show(const Refusal& why) {
    why_ = why;
    password_->set_value("");
    trouble_->Show();
    trouble_->set_text("", speech()(why));
    lay_out_again(*trouble_);
    password_->focus();
}

void LoginScreen::tell_forgot() {
    Question question{
        "forgot", Icon::info, Tone::blue, say("student.login.forgot"), say("student.login.forgot_text"), {}};
    question.answers = {{"forgot.close", say("ui.close"), ButtonKind::primary, [] {}}};
    shell().ask(std::move(question));
}

}  // namespace wq::ui::student
