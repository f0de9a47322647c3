#include "kiosk/ui/student/welcome.h"

#include "kiosk/desk/machine.h"
#include "kiosk/ui/card.h"
#include "kiosk/ui/student/login.h"
#include "kiosk/ui/student/scan.h"
#include "kiosk/ui/student/verify.h"

namespace wq::ui::student {

WelcomeScreen::WelcomeScreen(Shell& shell, Kiosk& kiosk)
    : StudentScreen(shell, kiosk, "welcome", Body::whole) {}

void WelcomeScreen::build(Stack& body) {
    const bool landscape = kiosk().is_landscape();
    body.set_padding(0);
    body.set_gap(0);
    Stack* halves = landscape ? body.add(row(&body, 0, Colour::paper), {1}) : &body;
    const Room hero_room = landscape ? Room{0.42} : Room{0.2, px(750)};
    Stack* hero = halves->add(column(halves, px(12), Colour::brand), hero_room);
    hero->set_padding(px(80), px(40), px(80), px(40));
    build_title(*hero);
    Stack* cards = halves->add(column(halves, px(38), Colour::paper), {landscape ? 0.58 : 1});
    cards->set_padding(px(80), px(48), px(80), px(48));
    build_cards(*cards);
    build_status(*cards);
}

void WelcomeScreen::build_title(Stack& hero) {
    hero.add_stretch(0.35);
    hero.add(new Label(&hero, Type::hero, Colour::on_brand, say("student.welcome.title")));
    hero.add_space(px(14));
    hero.add(new Label(&hero, Type::lead, Colour::on_brand, say("student.welcome.lead")));
    hero.add_stretch();
}

void WelcomeScreen::build_cards(Stack& cards) {
    if (kiosk().is_landscape()) cards.add_stretch(0.5);
    const CardText start{say("student.welcome.start"), say("student.welcome.start_text"), Icon::play,
                         Type::display};
    cards.add(new ActionCard(&cards, "welcome.start", start, [this] { shell().open<LoginScreen>(kiosk()); }));
    Stack* two = cards.add(row(&cards, px(28), Colour::paper));
    two->add(
        new ActionCard(two, "welcome.scan", {say("student.welcome.scan"), say("student.welcome.scan_text")},
                       [this] { shell().open<ScanScreen>(kiosk()); }),
        {1});
    two->add(new ActionCard(two, "welcome.verify",
                            {say("student.welcome.verify"), say("student.welcome.verify_text")},
                            [this] { shell().open<VerifyScreen>(kiosk()); }),
             {1});
    cards.add_stretch();
}

void WelcomeScreen::build_status(Stack& cards) {
    if (!status_) return;
    Stack* line = cards.add(row(&cards, px(44), Colour::paper));
    const auto add = [&](bool good, const std::string& text) {
        line->add(new Label(line, Type::small, good ? Colour::muted : Colour::danger, "● " + text));
    };
    const bool printer =
        status_->printer == devices::PrinterState::ready || status_->printer == devices::PrinterState::busy;
    add(printer, say("student.printer." + std::string(devices::name_of(status_->printer))));
    add(status_->scanner, say(status_->scanner ? "student.scanner.ready" : "student.scanner.absent"));
    add(true, status_->waiting == 0
                  ? say("student.sync.all_sent")
                  : say("student.sync.waiting", {{"count", std::to_string(status_->waiting)}}));
    cards.add_space(px(10) - px(38));
    cards.add(new Label(&cards, Type::small, Colour::muted,
                        status_->facts.office + " " + status_->facts.office_phone));
}

void WelcomeScreen::refresh() {
    struct Seen {
        Status status;
        devices::PrinterChoice printer;
        std::vector<desk::OpenPrint> left_open;
    };
    app().work(
        *this,
        [](Rooms& rooms) {
            return Seen{{facts_of(rooms.home.campus()), devices::PrinterState::unreachable,
                         *desk::machine_setting(rooms.home, "scanner") != "folder" ||
                             std::filesystem::is_directory(rooms.scan_folder),
                         rooms.home.store().log().outbox().waiting},
                        desk::chosen_printer(rooms.home),
                        desk::open_prints(rooms.home)};
        },
        [this](Seen seen) {
            kiosk().set_facts(seen.status.facts);
            next_status_ = std::move(seen.status);
            refresh_printer(std::move(seen.printer), std::move(seen.left_open));
        });
}

// A print that a crash or a lost printer left open is cancelled before the next visit, or counted.
void WelcomeScreen::refresh_printer(devices::PrinterChoice printer, std::vector<desk::OpenPrint> left_open) {
    struct Asked {
        devices::PrinterState state;
        std::vector<desk::OpenPrint> left_open;
    };
    app().at_printer(
        app().life(),
        [printer = std::move(printer), left_open = std::move(left_open)]() mutable {
            desk::ask_for(left_open);
            return Asked{devices::open_printer(printer)->state(), std::move(left_open)};
        },
        [this, &app = app(), here = life()](Asked asked) {
            if (!asked.left_open.empty())
                app.keep([left_open = std::move(asked.left_open)](Rooms& rooms) {
                    desk::settle(rooms.home, left_open);
                });
            if (here.expired()) return;
            status_ = next_status_;
            status_->printer = asked.state;
            rebuild();
        });
}

}  // namespace wq::ui::student
