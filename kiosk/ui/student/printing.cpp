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

Question told(Kiosk& kiosk, const std::optional<Refusal>& why, std::string title, std::string text) {
    const App& app = kiosk.app();
    Question question{"printed", Icon::check, Tone::green, std::move(title), std::move(text), {}};
    if (why)
        question = {
            "not_printed", Icon::warning, Tone::red, app.say("student.not_printed"), app.speech()(*why), {}};
    question.answers = {{question.name + ".close", app.say("ui.close"), ButtonKind::primary, [] {}}};
    return question;
}

}  // namespace

void print_agreement(Kiosk& kiosk, Screen& screen, const Uuid& id, std::function<void()> printed) {
    kiosk.shell().say(Tone::blue, kiosk.app().say("student.printing"));
    kiosk.app().act(
        screen, [session = kiosk.session(), id](Rooms& rooms) { return print(rooms, session, id); },
        [&kiosk, printed = std::move(printed)](Result<Print> result) {
            const App& app = kiosk.app();
            const Print done = result.value_or(Print{});
            const Args args{{"copy", std::to_string(done.copy)}, {"pages", std::to_string(done.pages)}};
            kiosk.shell().ask(told(kiosk, result ? std::nullopt : std::optional(result.error()),
                                   app.say("student.printed", args), app.say("student.printed_text", args)));
            if (result) printed();
        });
}

void print_paper(Kiosk& kiosk, Screen& screen, const std::string& text,
                 std::function<Result<Bytes>(Rooms&)> make) {
    kiosk.shell().say(Tone::blue, kiosk.app().say("student.printing"));
    kiosk.app().act(
        screen,
        [make = std::move(make)](Rooms& rooms) {
            return make(rooms).and_then([&](const Bytes& pdf) {
                const Uuid job = rooms.home.random().uuid(rooms.home.clock().now());
                return rooms.printer.print(pdf, "form-" + to_text(job).substr(0, 13));
            });
        },
        [&kiosk, text](const Result<void>& printed) {
            kiosk.shell().ask(told(kiosk, printed ? std::nullopt : std::optional(printed.error()),
                                   kiosk.app().say("student.printed.form"), kiosk.app().say(text)));
        });
}

}  // namespace wq::ui::student
