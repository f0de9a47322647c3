#include "kiosk/ui/student/kiosk.h"

#include "kiosk/ui/student/confirm.h"
#include "kiosk/ui/student/home.h"
#include "kiosk/ui/student/print_run.h"
#include "kiosk/ui/student/welcome.h"
#include "kiosk/ui/words.h"

#include <wx/clipbrd.h>

#include <algorithm>
#include <utility>

namespace wq::ui::student {
namespace {

bool is_under_way(const std::weak_ptr<PrintRun>& print) {
    const auto run = print.lock();
    return run && run->is_under_way();
}

}  // namespace

CampusFacts facts_of(const domain::Campus& campus) {
    const auto setting = [&](std::string_view key) {
        return std::string(domain::value_of(campus.settings, key));
    };
    return {campus.school_name(),    setting("office_name"),    setting("office_contact"),
            setting("office_phone"), setting("office_address"), campus.department_review()};
}

Kiosk::Kiosk(App& app, int idle_seconds) : app_(app), idle_seconds_(idle_seconds), language_(app.language()) {
    shell().on_log_out([this] { start(); });
    shell().on_tick([this](int idle) { tick(idle); });
}

Kiosk::~Kiosk() { leave_print(); }

void Kiosk::start() {
    leave_print();
    if (age_ > 0) app_.note(os::LogKind::visit_ended, {{"seconds", std::to_string(age_)}});
    session_.reset();
    left_.reset();
    age_ = 0;
    if (wxTheClipboard->Open()) {
        wxTheClipboard->Clear();
        wxTheClipboard->Close();
    }
    set_text_step(0);
    set_high_contrast(false);
    shell().restart<WelcomeScreen>(*this);
    app_.set_language(language_);
}

void Kiosk::begin(desk::StudentSession session) {
    session_ = std::move(session);
    if (session_->confirmed)
        shell().restart<HomeScreen>(*this);
    else
        shell().restart<ConfirmScreen>(*this);
}

void Kiosk::set_facts(CampusFacts facts) {
    facts_ = std::move(facts);
    show_header();
}

std::string Kiosk::office_line() const {
    std::string line = facts_.office;
    for (const std::string& part : {facts_.office_contact, facts_.office_phone})
        if (!part.empty()) line += " " + part;
    return line;
}

bool Kiosk::is_landscape() const {
    const wxSize size = shell().GetClientSize();
    return size.x > size.y;
}

void Kiosk::show_header() {
    HeaderState state;
    state.school = facts_.school;
    state.shows_program = shell().front() && shell().front()->name() != "welcome";
    if (session_) state.student = session_->masked_name, state.seconds_left = left_;
    shell().set_header(std::move(state));
}

bool Kiosk::is_printing() const { return is_under_way(print_run_); }
bool Kiosk::is_stopping_print() const { return is_under_way(left_run_); }

void Kiosk::leave_print() {
    const auto run = print_run_.lock();
    if (!run) return;
    run->leave();
    left_run_ = std::exchange(print_run_, {});
}

// Also without a login: what a scan or a verification shows is somebody's.
void Kiosk::tick(int idle) {
    const Screen* front = shell().front();
    if (!front || front->name() == "welcome") {
        age_ = 0;
        return;
    }
    if (++age_ == 1) app_.note(os::LogKind::visit_began);
    // Whoever waits for paper has nothing to touch.
    if (is_printing()) shell().touch_session(), idle = 0;
    const int left = std::min(idle_seconds_ - idle, kLongestSeconds - age_);
    if (left <= 0) return start();
    left_ = left;
    if (session_) shell().set_countdown(left_);
    if (age_ == kLongestSeconds - 2 * kWarningSeconds)
        shell().say(Tone::amber, app_.say("student.leave.longest", {{"seconds", std::to_string(left)}}));
    if (idle_seconds_ - idle <= std::min(kWarningSeconds, idle_seconds_ / 2))
        warn(left);
    else if (shell().question() && shell().question()->name() == "leave")
        shell().close_question();
}

void Kiosk::warn(int left) {
    const std::string text = app_.say(session_ ? "student.leave.text" : "student.leave.text_guest",
                                      {{"seconds", std::to_string(left)}});
    if (shell().question() && shell().question()->name() == "leave")
        return shell().question()->set_text(text);
    Question question{"leave", Icon::warning, Tone::amber, app_.say("student.leave.title"), text, {}};
    question.answers = {{"leave.now", app_.say("student.leave.now"), ButtonKind::quiet, [this] { start(); }},
                        {"leave.stay", app_.say("student.leave.stay"), ButtonKind::primary,
                         [this] { shell().touch_session(); }}};
    shell().ask(std::move(question));
}

FooterButton StudentScreen::back_button() {
    return {name() + ".back", words().back, ButtonKind::quiet, [this] { shell().back(); }, true, Icon::back};
}

}  // namespace wq::ui::student
