// A batch of returned pages under way at the desk (R41): fetched and read off the desk thread, taken on it,
// page after page. Lives with the session, so that somebody may review meanwhile. UI thread.
#pragma once

#include "kiosk/desk/conveyor.h"
#include "kiosk/ui/app.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace wq::ui::staff {

class ScanBatch {
  public:
    enum class From {
        scanner,  // the machine's, as it was chosen
        folder,   // all that lies in the scan folder now
        watched,  // the scan folder, until it is stopped
        files,    // as a person chose them; they stay where they are
    };

    ScanBatch(App& app, domain::Actor actor) : app_(app), actor_(std::move(actor)) {}
    ~ScanBatch() { stop(); }
    ScanBatch(const ScanBatch&) = delete;
    ScanBatch& operator=(const ScanBatch&) = delete;

    // After the one before has ended; its results go.
    void begin(From from, std::vector<std::filesystem::path> files = {});
    // What is being taken is taken to its end; nothing more is.
    void stop();
    // The same, but sheets that went through a scanner are all taken first; asked for again, it stops.
    void finish();

    bool is_running() const { return running_; }
    bool watches() const { return running_ && from_ == From::watched; }
    const std::vector<desk::PageResult>& results() const { return results_; }
    void add(desk::PageResult result) { results_.push_back(std::move(result)); }
    std::size_t files_done() const { return files_done_; }
    std::optional<std::size_t> files() const { return files_; }

    // Who shows it, as long as they live: called after each file, and at the end.
    void on_change(std::weak_ptr<void> owner, std::function<void()> changed) {
        shown_by_ = std::move(owner);
        changed_ = std::move(changed);
    }

  private:
    using Belt = std::shared_ptr<desk::Conveyor>;
    using Next = std::optional<desk::ReadFile>;
    static std::unique_ptr<devices::PageSource> source(Rooms& rooms, From from,
                                                       const std::vector<std::filesystem::path>& files);
    void fetch();
    void take(std::shared_ptr<desk::ReadFile> file);
    void ended();
    void broke_off(const std::exception_ptr& thrown);
    void tell() const;

    App& app_;
    domain::Actor actor_;
    From from_ = From::folder;
    bool running_ = false, finishing_ = false;
    Belt belt_;
    std::vector<desk::PageResult> results_;
    std::size_t files_done_ = 0;
    std::optional<std::size_t> files_;
    std::weak_ptr<void> shown_by_;
    std::function<void()> changed_;
    std::shared_ptr<void> life_;  // of the batch under way: what comes back after it is not heard
};

}  // namespace wq::ui::staff
