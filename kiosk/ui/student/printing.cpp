#include "kiosk/ui/student/printing.h"

namespace wq::ui::student {
namespace {

struct Print {
    int copy = 0;
    int pages = 0;
};

Result<Print> print(Rooms& rooms, const desk::StudentSession& session, const Uuid& id) {
    const auto copy = rooms.student.print(session, id, rooms.printer);
    if (!copy) return tl::make_unexpected(copy.error());
    const auto record = rooms.home.store().registrations().find(id);
    return Print{*copy, record && record->paper ? record->paper->pages() : 0};
}

Question told(Kiosk& kiosk, const Result<Print>& result) {
    const App& app = kiosk.app();
    Question question{"not_printed", Icon::warning, Tone::red, app.say("student.not_printed"), {}, {}};
    if (result) {
        const Args args{{"copy", std::to_string(result->copy)}, {"pages", std::to_string(result->pages)}};
        question = {"printed",
                    Icon::check,
                    Tone::green,
                    app.say("student.printed", args),
                    app.say("student.printed_text", args),
                    {}};
    } else {
        question.text = app.speech()(result.error());
    }
    question.answers = {{question.name + ".close", app.say("ui.close"), ButtonKind::primary, [] {}}};
    return question;
}

}  // namespace

void print_agreement(Kiosk& kiosk, Screen& screen, const Uuid& id, std::function<void()> printed) {
    kiosk.shell().say(Tone::blue, kiosk.app().say("student.printing"));
    kiosk.app().act(
        screen, [session = kiosk.session(), id](Rooms& rooms) { return print(rooms, session, id); },
        [&kiosk, printed = std::move(printed)](Result<Print> result) {
            kiosk.shell().ask(told(kiosk, result));
            if (result) printed();
        });
}

}  // namespace wq::ui::student
