#include "kiosk/ui/app.h"

#include "kiosk/ui/words.h"
#include "pdf/scan/page_image.h"

namespace wq::ui {
namespace {

// Thrown where the home can't be opened; the gate tells the refusal.
struct Unopened {
    Refusal refusal;
};

}  // namespace

struct App::Desk {
    std::shared_ptr<AppOptions> options;
    std::unique_ptr<desk::Home> home;
    std::unique_ptr<desk::Paper> paper;
    std::unique_ptr<Rooms> rooms;
};

App::App(Shell& shell, desk::Wording wording, AppOptions options)
    : shell_(shell),
      wording_(std::move(wording)),
      options_(std::make_shared<AppOptions>(std::move(options))),
      desk_(std::make_shared<Desk>()) {
    if (options_->scan_folder.empty()) options_->scan_folder = options_->home / "inbox";
    desk_->options = options_;
    fill_words();
    shell_.on_language([this] { switch_language(); });
}

App::~App() = default;

Rooms& App::rooms_of(Desk& desk) {
    if (desk.rooms) return *desk.rooms;
    scan::make_decoder_ready();  // a kiosk that can't read returned paper says so at its start
    auto home = desk::Home::open(desk.options->home);
    if (!home) throw Unopened{home.error()};
    desk.home = std::move(*home);
    desk.paper = std::make_unique<desk::Paper>(*desk.home);
    desk.rooms = std::make_unique<Rooms>(Rooms{*desk.home,
                                               *desk.paper,
                                               {*desk.home, *desk.paper},
                                               {*desk.home, *desk.paper},
                                               {*desk.home, *desk.paper},
                                               desk.options->scan_folder});
    return *desk.rooms;
}

const domain::Codes& App::codes() const {
    if (!desk_->home) throw Fault("the code tables are asked for before the home was opened");
    return desk_->home->codes();
}

void App::sync(std::weak_ptr<void> owner, std::function<void(Result<void>)> done) {
    if (!options_->sync_now) return done(refuse("platform_not_joined"));
    if (!sync_thread_) sync_thread_ = worker();
    sync_thread_->run(
        std::move(owner), [options = options_] { return options->sync_now(); }, std::move(done));
}

std::unique_ptr<Worker> App::worker() {
    return std::make_unique<Worker>([this](const std::exception_ptr& thrown) { fault(thrown); });
}

void App::set_language(desk::Language language) {
    if (language == options_->language) return;
    options_->language = language;
    fill_words();
    shell_.rebuild();
    if (Screen* front = shell_.front()) front->entered();
}

void App::switch_language() {
    set_language(language() == desk::Language::zh ? desk::Language::en : desk::Language::zh);
}

void App::fault(const std::exception_ptr& thrown) {
    acting_ = fetching_ = false;
    try {
        std::rethrow_exception(thrown);
    } catch (const Unopened& unopened) {
        tell_unopened(unopened.refusal);
    } catch (const DiskFull&) {
        shell_.say(Tone::red, speech()(Refusal{"disk_full"}));
    } catch (const std::exception& fault) {
        note(os::LogKind::fault, {{"what", fault.what()}});
        shell_.say(Tone::red, speech()(Refusal{"fault"}));
    }
}

void App::tell_unopened(const Refusal& refusal) {
    note(os::LogKind::store_unopened, {{"code", refusal.code}});
    Question question{"unopened", Icon::warning, Tone::red, say("ui.unopened"), speech()(refusal), {}};
    question.answers = {{"unopened.again", say("ui.try_again"), ButtonKind::primary, [this] {
                             if (Screen* front = shell_.front()) front->entered();
                         }}};
    shell_.ask(std::move(question));
}

void App::fill_words() {
    const auto fill = [this](std::string& word, std::string_view key) {
        if (wording_.has(key)) word = say(key);
    };
    Words& kit = words();
    fill(kit.program, "app.name");
    fill(kit.log_out, "ui.log_out");
    fill(kit.other_language, "ui.other_language");
    fill(kit.text_size, "ui.text_size");
    fill(kit.seconds_left, "ui.seconds_left");
    fill(kit.student, "ui.student");
    fill(kit.back, "ui.back");
    fill(kit.search, "ui.search");
    fill(kit.choose, "ui.choose");
    fill(kit.nothing_found, "ui.nothing_found");
    fill(kit.page_up, "ui.page_up");
    fill(kit.page_down, "ui.page_down");
    fill(kit.key_language, "ui.key_language");
    fill(kit.key_delete, "ui.key_delete");
    fill(kit.key_space, "ui.key_space");
    fill(kit.key_symbols, "ui.key_symbols");
    fill(kit.key_letters, "ui.key_letters");
    fill(kit.key_next, "ui.key_next");
    fill(kit.key_hide, "ui.key_hide");
    fill(kit.yes, "yes");
    fill(kit.no, "no");
}

}  // namespace wq::ui
