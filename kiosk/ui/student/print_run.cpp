#include "kiosk/ui/student/print_run.h"

#include <wx/app.h>

#include <algorithm>

namespace wq::ui::student {

using devices::PrinterState;

void PrintRun::start() {
    if (kiosk_->is_stopping_print())
        ask(Tone::blue, kiosk_->app().say("student.printer.busy"),
            kiosk_->app().say("student.printing.stopping"), true);
    else
        show({});
    on_desk([this](Rooms& rooms) { open_ = desk::open_prints(rooms.home); }, &PrintRun::ask_for_open_prints);
}

// What an earlier print left open comes first: nothing of it may come out between the pages.
void PrintRun::ask_for_open_prints() {
    at_printer([this] { desk::ask_for(open_); }, &PrintRun::begin);
}

void PrintRun::begin() {
    show({});
    on_desk(
        [this](Rooms& rooms) {
            desk::settle(rooms.home, open_);
            if (stop_.stop_requested()) {
                outcome_.why = Refusal{"print_cancelled"};
                return;
            }
            auto order = begin_(rooms);
            if (order)
                order_ = std::move(*order);
            else
                outcome_.why = order.error();
        },
        &PrintRun::print);
}

void PrintRun::print() {
    if (!order_) return finish();
    const auto tell = [self = shared_from_this()](const devices::PrintMoment& moment) {
        wxTheApp->CallAfter([self, moment] { self->show(moment); });
    };
    at_printer([this, tell] { outcome_ = desk::print(*order_, {tell, stop_.get_token()}); }, &PrintRun::end);
}

void PrintRun::end() {
    on_desk([this](Rooms& rooms) { desk::end_print(rooms.home, order_->print, outcome_); },
            &PrintRun::finish);
}

void PrintRun::finish() {
    under_way_ = false;
    if (!left_) told_(order_, outcome_);
}

void PrintRun::cancel() {
    stop_.request_stop();
    cancelling_ = true;
    const App& app = kiosk_->app();
    ask(Tone::blue, app.say("student.printing.cancel"), app.say("student.printing.cancelling"), false);
}

void PrintRun::leave() {
    stop_.request_stop();
    left_ = true;
}

// What a step throws goes to the gate, and the question goes with it.
void PrintRun::on_desk(std::function<void(Rooms&)> job, void (PrintRun::*next)()) {
    kiosk_->app().work(
        kiosk_->app().life(),
        [self = shared_from_this(), job = std::move(job)](Rooms& rooms) {
            try {
                job(rooms);
            } catch (...) {
                self->thrown_ = std::current_exception();
            }
        },
        [self = shared_from_this(), next] { self->go_on(next); });
}

void PrintRun::at_printer(std::function<void()> job, void (PrintRun::*next)()) {
    kiosk_->app().at_printer(
        kiosk_->app().life(),
        [self = shared_from_this(), job = std::move(job)] {
            try {
                job();
            } catch (...) {
                self->thrown_ = std::current_exception();
            }
        },
        [self = shared_from_this(), next] { self->go_on(next); });
}

void PrintRun::go_on(void (PrintRun::*next)()) {
    if (!thrown_) return (this->*next)();
    under_way_ = false;
    if (!left_) kiosk_->shell().close_question();
    kiosk_->app().fault(thrown_);
}

void PrintRun::show(const devices::PrintMoment& moment) {
    if (left_ || cancelling_ || !under_way_) return;
    const App& app = kiosk_->app();
    const std::string state(devices::name_of(moment.state));
    const bool is_well = moment.state == PrinterState::busy;
    std::string text = app.say("student.printing." + state);
    const int pages = order_ ? order_->pages : 0;
    if (is_well && moment.pages_out > 0 && pages > 0)
        text =
            app.say("student.printing.page", {{"page", std::to_string(std::min(moment.pages_out + 1, pages))},
                                              {"pages", std::to_string(pages)}});
    ask(is_well ? Tone::blue : Tone::amber,
        app.say(is_well ? "student.printing" : "student.printer." + state), std::move(text), true);
}

void PrintRun::ask(Tone tone, std::string title, std::string text, bool may_cancel) {
    Shell& shell = kiosk_->shell();
    const bool stands = shell.question() && shell.question()->name() == "printing" && title == title_;
    title_ = title;
    if (stands) return shell.question()->set_text(text);
    const Icon icon = tone == Tone::amber ? Icon::warning : Icon::print;
    Question question{"printing", icon, tone, std::move(title), std::move(text), {}};
    if (may_cancel)
        question.answers = {{"printing.cancel", kiosk_->app().say("student.printing.cancel"),
                             ButtonKind::secondary, [self = weak_from_this()] {
                                 if (const auto run = self.lock()) run->cancel();
                             }}};
    shell.ask(std::move(question));
}

}  // namespace wq::ui::student
