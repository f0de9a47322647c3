#include "kiosk/ui/student/scan.h"

#include "kiosk/desk/machine.h"
#include "kiosk/ui/card.h"
#include "kiosk/ui/paper_picture.h"

#include <algorithm>
#include <mutex>

namespace wq::ui::student {
namespace {

using desk::PageOutcome;

// Of the frames that come while one is being drawn, only the last is worth it.
struct LatestFrame {
    std::mutex mutex;
    std::optional<std::pair<Picture, devices::CaptureStep>> waiting;
};

constexpr int kLiveWidth = 900;  // pixels

const char* name_of(devices::CaptureStep step) {
    using enum devices::CaptureStep;
    switch (step) {
        case dark:
            return "dark";
        case moving:
            return "moving";
        case settling:
            return "settling";
        case empty:
            return "empty";
        case cut_off:
            return "cut_off";
        case far:
            return "far";
        case unclear:
            return "unclear";
        case badly_lit:
            return "badly_lit";
        case taken:
        case turn:
            return "turn";
    }
    return "";
}

std::string listed(const std::vector<int>& pages) {
    std::string text;
    for (int page : pages) text += (text.empty() ? "" : ", ") + std::to_string(page);
    return text;
}

}  // namespace

ScanScreen::ScanScreen(Shell& shell, Kiosk& kiosk) : StudentScreen(shell, kiosk, "scan", Body::whole) {}

ScanScreen::Taken ScanScreen::take(Rooms& rooms, Sheets& sheets, const std::optional<domain::Actor>& actor) {
    Taken taken;
    for (const devices::SourceFile& file : sheets.files()) {
        auto pages = rooms.returning.take(file, actor);
        sheets.settle(file, desk::all_kept(pages));
        taken.pages.insert(taken.pages.end(), pages.begin(), pages.end());
    }
    if (!taken.pages.empty())
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
    hint_ = side->add(new Label(side, Type::heading, Colour::brand_ink, ""));
    hint_->Show(watching_);
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
    view_->set_marks(page_marks(shown()->checks));
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
    if (!shown()) return say(watching_ ? "student.camera.first" : "student.scan.first");
    if (shown()->outcome == PageOutcome::attached) return say("student.scan.whole");
    if (shown()->missing.empty()) return say("student.scan.first");
    const int page = shown()->why ? shown()->page : shown()->missing.front();
    return say(watching_ ? "student.camera.place" : "student.scan.place", {{"page", std::to_string(page)}});
}

std::vector<FooterButton> ScanScreen::footer() {
    const auto button = [this](const char* name, ButtonKind kind, const Args& args = {}) {
        return FooterButton{std::string("scan.") + name, say(std::string("student.scan.") + name, args), kind,
                            [this] { scan(); }};
    };
    // The camera needs no button.
    const bool whole = shown() && shown()->outcome == PageOutcome::attached;
    FooterButton out{"scan.leave", say("student.scan.leave"), ButtonKind::quiet, [this] { leave(); }};
    if (watching_ && !whole) return {out};
    if (!shown()) return {out, button("start", ButtonKind::primary)};
    if (whole)
        return {button("more", ButtonKind::secondary),
                {"scan.done", say("student.scan.done"), ButtonKind::primary, [this] { leave(); }}};
    if (!is_good() || shown()->missing.empty()) return {out, button("again", ButtonKind::primary)};
    return {out, button("again", ButtonKind::secondary),
            button("page", ButtonKind::primary, {{"page", std::to_string(shown()->missing.front())}})};
}

std::optional<domain::Actor> ScanScreen::bringer() const {
    if (!kiosk().has_session()) return std::nullopt;
    return domain::Actor{domain::Role::student, kiosk().session().exam_number, {}};
}

void ScanScreen::show(Taken taken) {
    if (taken.pages.empty())
        shell().say(Tone::amber, say("student.scan.empty"));
    else
        taken_ = std::move(taken);
    look_anew();
}

void ScanScreen::scan() {
    view_->set_picture({});
    view_->set_marks({});
    view_->set_caption(say("student.scan.working"));
    app().act_on_sheets(
        life(), desk::Sheets::remove,
        [actor = bringer()](Rooms& rooms, Sheets& sheets) { return take(rooms, sheets, actor); },
        [this](Taken taken) { show(std::move(taken)); });
}

void ScanScreen::refresh() {
    if (watching_) return;
    app().work(
        *this, [](Rooms& rooms) { return *desk::machine_setting(rooms.home, "camera"); },
        [this](const std::string& device) {
            if (device != "none" && !watching_) watch(device);
        });
}

void ScanScreen::watch(const std::string& device) {
    watching_ = true;
    stop_ = std::stop_source();
    const auto latest = std::make_shared<LatestFrame>();
    const auto tell = [this, latest, owner = life()](const scan::Picture& frame, devices::CaptureStep step) {
        Picture picture = ui::shown(scan::smaller(frame, kLiveWidth));
        const std::lock_guard lock(latest->mutex);
        const bool drawing = latest->waiting.has_value();
        latest->waiting.emplace(std::move(picture), step);
        if (drawing) return;
        Worker::tell(owner, [this, latest] {
            std::unique_lock now(latest->mutex);
            const auto [live, found] = std::move(*latest->waiting);
            latest->waiting.reset();
            now.unlock();
            show_live(live, found);
        });
    };
    look_anew();
    try {
        next_page(std::make_shared<devices::CameraPages>(devices::CameraChoice{device}, tell));
    } catch (const std::exception&) {
        broke_off(std::current_exception());
    }
}

void ScanScreen::next_page(const std::shared_ptr<devices::CameraPages>& camera) {
    app().beside(life(), caught([camera, stop = stop_.get_token()] {
                     auto file = camera->next(stop);
                     return file ? std::make_shared<desk::ReadFile>(desk::read_file(std::move(*file)))
                                 : nullptr;
                 }),
                 [this, camera](Outcome<std::shared_ptr<desk::ReadFile>> next) {
                     if (next.thrown) return broke_off(next.thrown);
                     const auto& file = *next.value;
                     if (!file || file->why) watching_ = false;  // it has gone: the scanner is left
                     if (file)
                         take_page(camera, file);
                     else if (!stop_.stop_requested())
                         look_anew();
                 });
}

void ScanScreen::take_page(const std::shared_ptr<devices::CameraPages>& camera,
                           const std::shared_ptr<desk::ReadFile>& file) {
    app().work(*this, caught([file, actor = bringer()](Rooms& rooms) {
        Taken taken{rooms.returning.take(*file, actor), {}};
        taken.picture = shown_file(rooms.home.store().pictures().read(taken.pages.back().picture));
        return taken;
    }),
               [this, camera](Outcome<Taken> taken) {
                   if (taken.thrown) return broke_off(taken.thrown);
                   show(std::move(*taken.value));
                   if (shown()->outcome == PageOutcome::attached) watching_ = false;
                   if (!is_good()) camera->again();
                   if (watching_) next_page(camera);
               });
}

// The camera is given up, and the scanner's button comes.
void ScanScreen::broke_off(const std::exception_ptr& thrown) {
    watching_ = false;
    look_anew();
    app().fault(thrown);
}

void ScanScreen::look_anew() {
    rebuild();
    shell().refresh_footer();
}

void ScanScreen::show_live(const Picture& frame, devices::CaptureStep step) {
    if (!watching_) return;
    using enum devices::CaptureStep;
    view_->set_caption("");
    view_->set_marks({});
    view_->set_picture(frame);
    view_->set_frame(step == settling || step == taken || step == turn ? Colour::found : Colour::lost);
    hint_->set_text(say(std::string("student.camera.") + name_of(step)));
    lay_out_again(*hint_);
}

// Without a login nobody's page stays on the screen.
void ScanScreen::leave() {
    if (!kiosk().has_session()) return kiosk().start();
    shell().back_to("home");
}

}  // namespace wq::ui::student
