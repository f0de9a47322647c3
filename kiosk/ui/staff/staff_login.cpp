#include "kiosk/ui/staff/staff_login.h"

#include "kiosk/ui/button.h"
#include "kiosk/ui/card.h"
#include "kiosk/ui/field.h"

namespace wq::ui::staff {

StaffLoginScreen::StaffLoginScreen(Shell& shell, Office& office)
    : StaffScreen(shell, office, "staff_login", Body::whole) {}

void StaffLoginScreen::build(Stack& body) {
    body.add_stretch(2);
    Stack* middle = body.add(row(&body, 0, Colour::paper));
    middle->add_stretch();
    Card* form = middle->add(new Card(middle, px(18)), {0, px(520)});
    form->set_padding(px(36));
    middle->add_stretch();
    body.add_stretch(3);
    form->add(new Label(form, Type::title, Colour::ink, say("app.desk")));
    form->add(new Label(form, Type::note, Colour::muted, say("staff.login.note")));
    account_ = form->add(new Field(form, {"staff_login.account", say("staff.login.account"), true}));
    account_->on_action([this] { password_->focus(); });
    password_ = form->add(new Field(
        form, {"staff_login.password", say("staff.login.password"), true, "", FieldSpec::Kind::password}));
    password_->on_action([this] { enter(); });
    trouble_ = form->add(new NoteBox(form, Tone::red, "", why_ ? say(*why_) : ""));
    trouble_->Show(why_.has_value());
    form->add(new Button(
        form, "staff_login.enter", say("staff.login.enter"), ButtonKind::primary, [this] { enter(); },
        ButtonSize::big));
}

void StaffLoginScreen::entered() { account_->focus(); }

void StaffLoginScreen::enter() {
    app().act(
        *this,
        [account = account_->value(), password = password_->value()](Rooms& rooms) {
            return rooms.staff.log_in(account, password);
        },
        [this](Result<desk::StaffSession> session) {
            if (session) return office().begin(std::move(*session));
            show(session.error());
        });
}

void StaffLoginScreen::show(const Refusal& why) {
    why_ = why;
    password_->set_value("");
    trouble_->Show();
    trouble_->set_text("", say(why));
    lay_out_again(*trouble_);
    password_->focus();
}

}  // namespace wq::ui::staff
