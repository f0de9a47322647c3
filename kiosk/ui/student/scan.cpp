#include "kiosk/ui/student/scan.h"

#include "kiosk/ui/card.h"
#include "kiosk/ui/paper_picture.h"
#include "kiosk/ui/student/scanner.h"

#include <algorithm>

namespace wq::ui::student {
namespace {

using desk::PageOutcome;

std::string listed(const std::vector<int>& pages) {
    std::string text;
    for (int page : pages) text += (text.empty() ? "" : ", ") + std::to_string(page);
    return text;
}

}  // namespace

ScanScreen::ScanScreen(Shell& shell, Kiosk& kiosk) : StudentScreen(shell, kiosk, "scan", Body::whole) {}

ScanScreen::Taken ScanScreen::take(Rooms& rooms, const std::optional<domain::Actor>& actor) {
    const auto file = next_sheet(rooms);
    if (!file) return {};
    Taken taken{rooms.returning.take(*file, actor), {}};
    clear_away(rooms, file->name, desk::all_kept(taken.pages));
    if (taken.pages.empty()) return taken;
    taken.picture = shown_file(rooms.home.store().pictures().read(taken.pages.back().picture));
    return taken;
}

void ScanScreen::build(Stack& body) {
    Stack* side = &body;
    if (kiosk().is_landscape()) {
        Stack* halves = body.add(row(&body, metric(Metric::gap), Colour::paper), {1});
        build_view(*halves);
        side = halves->add(column(halves, metric(Metric::gap), Colour::paper), {1});
    }
    side->add(new Label(side, Type::title, Colour::ink, say("student.scan.title")));
    side->add(new Label(side, Type::note, Colour::muted, instruction()));
    if (side == &body) build_view(body);
    build_found(*side);
    if (side != &body) side->add_stretch();
}

void ScanScreen::build_view(Stack& parent) {
    view_ = parent.add(new PageView(&parent, "scan.picture", PageView::Ground::dark), {1});
    view_->set_caption(say("student.scan.nothing"));
    if (!shown()) return;
    view_->set_caption("");
    view_->set_picture(taken_->picture);
    view_->set_frame(is_good() ? Colour::found : Colour::lost);
    view_->set_marks(change_marks(domain::value_of(shown()->checks, "change_boxes")));
}

void ScanScreen::build_found(Stack& parent) {
    if (!shown()) return;
    parent.add(make_note(&parent));
    if (auto checks = lines(); !checks.empty()) {
        Card* card = parent.add(new Card(&parent));
        card->add(new CheckList(card, "scan.checks", std::move(checks)));
    }
}

bool ScanScreen::is_good() const {
    const PageOutcome outcome = shown()->outcome;
    if (outcome == PageOutcome::attached || outcome == PageOutcome::duplicate) return true;
    return outcome == PageOutcome::joined && !shown()->why;
}

std::vector<CheckList::Line> ScanScreen::lines() const {
    const desk::PageResult& page = *shown();
    std::vector<CheckList::Line> lines;
    const auto add = [&](bool good, std::string text) {
        lines.push_back(
            {good ? Icon::check : Icon::cross, good ? Colour::success : Colour::danger, std::move(text)});
    };
    const auto check = [&](std::string_view key) { return domain::value_of(page.checks, key); };
    if (page.outcome == PageOutcome::refused) return lines;
    if (page.number.empty())
        add(false, say("student.scan.code_bad"));
    else
        add(true, say("student.scan.code_good", {{"number", page.number}, {"student", page.student}}));
    const int got = page.pages - static_cast<int>(page.missing.size());
    if (check("sharp") == "yes" && check("complete") == "yes")
        add(true, say("student.scan.quality_good",
                      {{"pages", std::to_string(page.pages)}, {"got", std::to_string(got)}}));
    if (check("sharp") == "no") add(false, say("student.scan.not_sharp"));
    if (check("complete") == "no") add(false, say("student.scan.not_complete"));
    if (const auto seal = check("seal"); !seal.empty())
        add(seal == "yes", say(seal == "yes" ? "student.scan.seal" : "student.scan.no_seal"));
    const auto same = check("same");
    if (same == "unsure")
        lines.push_back({Icon::info, Colour::warning, say("student.scan.unsure")});
    else if (!same.empty())
        add(same == "yes", same == "yes"
                               ? say("student.scan.same")
                               : say("student.scan.changed", {{"count", std::string(check("changes"))}}));
    return lines;
}

// One thing at a time: what was wrong with this page comes before which page is missing.
NoteBox* ScanScreen::make_note(wxWindow* parent) const {
    const desk::PageResult& page = *shown();
    const std::string why = page.why ? speech()(*page.why) : "";
    const auto note = [&](Tone tone, const std::string& key, const Args& args = {}) {
        return new NoteBox(parent, tone, say(key), say(key + "_text", args));
    };
    switch (page.outcome) {
        case PageOutcome::refused:
            return new NoteBox(parent, Tone::red, say("student.scan.refused"), why);
        case PageOutcome::tray:
            return note(Tone::amber, "student.scan.tray", {{"why", why}});
        case PageOutcome::attached:
            return note(Tone::green, "student.scan.attached",
                        {{"number", page.number}, {"pages", std::to_string(page.pages)}});
        case PageOutcome::duplicate:
            return note(Tone::blue, "student.scan.duplicate");
        case PageOutcome::joined:
            break;
    }
    if (!why.empty()) return new NoteBox(parent, Tone::amber, say("student.scan.better"), why);
    return note(Tone::blue, "student.scan.missing", {{"pages", listed(page.missing)}});
}

std::string ScanScreen::instruction() const {
    if (!shown()) return say("student.scan.first");
    if (shown()->outcome == PageOutcome::attached) return say("student.scan.whole");
    if (shown()->missing.empty()) return say("student.scan.first");
    const int page = shown()->why ? shown()->page : shown()->missing.front();
    return say("student.scan.place", {{"page", std::to_string(page)}});
}

std::vector<FooterButton> ScanScreen::footer() {
    const auto button = [this](const char* name, ButtonKind kind, const Args& args = {}) {
        return FooterButton{std::string("scan.") + name, say(std::string("student.scan.") + name, args), kind,
                            [this] { scan(); }};
    };
    FooterButton out{"scan.leave", say("student.scan.leave"), ButtonKind::quiet, [this] { leave(); }};
    if (!shown()) return {out, button("start", ButtonKind::primary)};
    if (shown()->outcome == PageOutcome::attached)
        return {button("more", ButtonKind::secondary),
                {"scan.done", say("student.scan.done"), ButtonKind::primary, [this] { leave(); }}};
    if (!is_good() || shown()->missing.empty()) return {out, button("again", ButtonKind::primary)};
    return {out, button("again", ButtonKind::secondary),
            button("page", ButtonKind::primary, {{"page", std::to_string(shown()->missing.front())}})};
}

void ScanScreen::scan() {
    std::optional<domain::Actor> actor;
    if (kiosk().has_session())
        actor = domain::Actor{domain::Role::student, kiosk().session().exam_number, {}};
    view_->set_picture({});
    view_->set_marks({});
    view_->set_caption(say("student.scan.working"));
    app().act(
        *this, [actor](Rooms& rooms) { return take(rooms, actor); },
        [this](Taken taken) {
            if (taken.pages.empty())
                shell().say(Tone::amber, say("student.scan.empty"));
            else
                taken_ = std::move(taken);
            rebuild();
            shell().refresh_footer();
        });
}

// Without a login nobody's page stays on the screen.
void ScanScreen::leave() {
    if (!kiosk().has_session()) return kiosk().start();
    shell().back_to("home");
}

}  // namespace wq::ui::student
