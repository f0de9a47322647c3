// What the screens of both desks share: the desk thread with everything that lives on it, the words of the
// moment, and the gate where what a job throws becomes a sentence. Knows no screen by name. UI thread only,
// but for what the jobs do.
#pragma once

#include "kiosk/desk/home.h"
#include "kiosk/desk/paper.h"
#include "kiosk/desk/returning.h"
#include "kiosk/desk/staff_desk.h"
#include "kiosk/desk/student_desk.h"
#include "kiosk/ui/sheet.h"
#include "kiosk/ui/shell.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace wq::ui {

// What there is to work with on the desk thread; made there by the first job.
struct Rooms {
    desk::Home& home;
    desk::Paper& paper;
    desk::StudentDesk student;
    desk::StaffDesk staff;
    desk::Returning returning;
    std::filesystem::path scan_folder;  // stands in for the scanner
};

struct AppOptions {
    std::filesystem::path home;
    std::filesystem::path scan_folder = {};       // empty: HOME/inbox
    std::function<Result<void>()> sync_now = {};  // called on a thread of its own; empty: none
    std::shared_ptr<os::Log> log = nullptr;       // null: none is written
    desk::Language language = desk::Language::zh;
};

class App {
  public:
    // `shell` must outlive the App's last job, `wording` is the UI thread's own copy.
    App(Shell& shell, desk::Wording wording, AppOptions options);
    ~App();

    // Runs job(Rooms&) on the desk thread, in order, then done(result) here unless its owner has gone.
    template <class Job, class Done>
    void work(std::weak_ptr<void> owner, Job job, Done done) {
        shell_.worker().run(std::move(owner), on_desk(std::move(job)), std::move(done));
    }
    template <class Job, class Done>
    void work(Screen& screen, Job job, Done done) {
        work(screen.life(), std::move(job), std::move(done));
    }

    // The same for what must not be begun twice (submit, print): a second one is ignored while the first is
    // under way.
    template <class Job, class Done>
    void act(std::weak_ptr<void> owner, Job job, Done done) {
        if (acting_) return;
        acting_ = true;
        auto and_then = [this, owner = std::move(owner), done = std::move(done)](auto&&... result) mutable {
            acting_ = false;
            if (!owner.expired()) done(std::forward<decltype(result)>(result)...);
        };
        shell_.worker().run(life_, on_desk(std::move(job)), std::move(and_then));
    }
    template <class Job, class Done>
    void act(Screen& screen, Job job, Done done) {
        act(screen.life(), std::move(job), std::move(done));
    }

    // Fetches what lies on the scanner (of a folder: the next file, which then goes where `afterwards` says)
    // and runs job(Rooms&, Sheets&) with it on the desk thread. Not begun twice; while a scanner takes its
    // time, other acts go on.
    template <class Job, class Done>
    void act_on_sheets(std::weak_ptr<void> owner, desk::Sheets afterwards, Job job, Done done) {
        if (fetching_) return;
        fetching_ = true;
        auto use = [this, owner = std::move(owner), job = std::move(job),
                    done = std::move(done)](const std::shared_ptr<Sheets>& sheets) mutable {
            work(
                std::weak_ptr<void>(life_),
                [sheets, job = std::move(job)](Rooms& rooms) mutable { return job(rooms, *sheets); },
                [this, owner = std::move(owner), done = std::move(done)](auto&&... result) mutable {
                    fetching_ = false;
                    if (!owner.expired()) done(std::forward<decltype(result)>(result)...);
                });
        };
        const auto fetch = [this, use = std::move(use)](const std::shared_ptr<Sheets>& sheets) mutable {
            beside(
                life_, [sheets] { return sheets->fetch(), sheets; }, std::move(use));
        };
        work(
            std::weak_ptr<void>(life_),
            [afterwards](Rooms& rooms) {
                return std::make_shared<Sheets>(
                    desk::open_scanner(rooms.home, rooms.scan_folder, afterwards));
            },
            fetch);
    }

    // For what must be kept although the screen is leaving: nothing comes back.
    template <class Job>
    void keep(Job job) {
        shell_.worker().run(life_, on_desk(std::move(job)), [] {});
    }

    // Runs job() beside the desk thread, in order with others of its kind: for devices and what else may take
    // long and needs none of the Rooms.
    template <class Job, class Done>
    void beside(std::weak_ptr<void> owner, Job job, Done done) {
        if (!beside_) beside_ = worker();
        beside_->run(std::move(owner), std::move(job), std::move(done));
    }

    // The same on the thread of the printer, for what may take it minutes. Knows nothing of the desk's.
    template <class Job, class Done>
    void at_printer(std::weak_ptr<void> owner, Job job, Done done) {
        if (!printer_thread_) printer_thread_ = worker();
        printer_thread_->run(std::move(owner), std::move(job), std::move(done));
    }

    // The same on the thread of the batch of returned pages, which may wait for hours.
    template <class Job, class Done>
    void at_belt(std::weak_ptr<void> owner, Job job, Done done) {
        if (!belt_thread_) belt_thread_ = worker();
        belt_thread_->run(std::move(owner), std::move(job), std::move(done));
    }

    // Lives as long as the App: the owner of what goes on whatever becomes of the screens.
    std::weak_ptr<void> life() const { return life_; }

    bool can_sync() const { return static_cast<bool>(options_->sync_now); }
    // Syncs once on the sync thread. Without a platform: `platform_not_joined`.
    void sync(std::weak_ptr<void> owner, std::function<void(Result<void>)> done);

    // An entry of the log's catalogue.
    void note(os::LogKind kind, std::initializer_list<std::pair<std::string_view, std::string>> values = {}) {
        if (options_->log) options_->log->write(kind, values);
    }

    // The code tables; there after the first job was done.
    const domain::Codes& codes() const;

    desk::Speech speech() const { return {wording_, options_->language}; }
    std::string say(std::string_view key, const Args& args = {}) const { return speech().say(key, args); }
    desk::Language language() const { return options_->language; }

    // Everything is built again in the language and the front screen entered again, to fetch its words.
    void set_language(desk::Language language);
    void switch_language();

    // The gate: what a job has thrown, as a sentence in the window.
    void fault(const std::exception_ptr& thrown);

    Shell& shell() const { return shell_; }

  private:
    struct Desk;  // the Rooms and what they stand on

    template <class Job>
    auto on_desk(Job job) {
        return [desk = desk_, job = std::move(job)]() mutable { return job(rooms_of(*desk)); };
    }
    static Rooms& rooms_of(Desk& desk);  // desk thread
    std::unique_ptr<Worker> worker();
    void fill_words();
    void tell_unopened(const Refusal& refusal);

    Shell& shell_;
    desk::Wording wording_;
    std::shared_ptr<AppOptions> options_;
    std::shared_ptr<Desk> desk_;
    std::shared_ptr<void> life_ = std::make_shared<int>(0);
    std::unique_ptr<Worker> sync_thread_, beside_, printer_thread_, belt_thread_;
    bool acting_ = false, fetching_ = false;
};

}  // namespace wq::ui
