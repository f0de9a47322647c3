#include "kiosk/ui/student/printing.h"

#include "kiosk/ui/student/print_run.h"

namespace wq::ui::student {
namespace {

using devices::Fate;

void tell(Kiosk& kiosk, const devices::PrintOutcome& outcome, std::string title, std::string text) {
    const App& app = kiosk.app();
    Question question{"printed", Icon::check, Tone::green, std::move(title), std::move(text), {}};
    if (outcome.why)
        question = {"not_printed",
                    Icon::warning,
                    Tone::red,
                    app.say("student.not_printed"),
                    app.speech()(*outcome.why),
                    {}};
    question.answers = {{question.name + ".close", app.say("ui.close"), ButtonKind::primary, [] {}}};
    kiosk.shell().ask(std::move(question));
}

void run(Kiosk& kiosk, PrintRun::Begin begin, PrintRun::Told told) {
    if (kiosk.is_printing())
        return kiosk.shell().say(Tone::amber, kiosk.app().say("student.printing.stopping"));
    const auto made = std::make_shared<PrintRun>(kiosk, std::move(begin), std::move(told));
    kiosk.set_printing(made);
    made->start();
}

}  // namespace

void print_agreement(Kiosk& kiosk, Screen& screen, const Uuid& id, std::function<void()> printed) {
    run(
        kiosk,
        [session = kiosk.session(), id](Rooms& rooms) { return rooms.student.begin_print(session, id); },
        [&kiosk, owner = screen.life(), printed = std::move(printed)](const auto& order,
                                                                      const auto& outcome) {
            const App& app = kiosk.app();
            const Args args{{"copy", std::to_string(order ? order->print.copy : 0)},
                            {"pages", std::to_string(order ? order->pages : 0)}};
            const std::string title =
                outcome.fate == Fate::printed ? "student.printed" : "student.handed_over";
            tell(kiosk, outcome, app.say(title, args), app.say("student.printed_text", args));
            if (!outcome.why && !owner.expired()) printed();
        });
}

void print_paper(Kiosk& kiosk, Screen&, const std::string& text, std::function<Result<Bytes>(Rooms&)> make) {
    run(
        kiosk,
        [make = std::move(make),
         actor = domain::Actor{domain::Role::student, kiosk.session().exam_number, {}}](Rooms& rooms) {
            return make(rooms).map(
                [&](Bytes pdf) { return desk::begin_form(rooms.home, std::move(pdf), actor); });
        },
        [&kiosk, text](const auto&, const auto& outcome) {
            const std::string title =
                outcome.fate == Fate::printed ? "student.printed.form" : "student.handed_over.form";
            tell(kiosk, outcome, kiosk.app().say(title), kiosk.app().say(text));
        });
}

}  // namespace wq::ui::student
