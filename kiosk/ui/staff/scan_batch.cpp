#include "kiosk/ui/staff/scan_batch.h"

#include "kiosk/desk/machine.h"
#include "kiosk/devices/watched_folder.h"

#include <utility>

namespace wq::ui::staff {

std::unique_ptr<devices::PageSource> ScanBatch::source(Rooms& rooms, From from,
                                                       const std::vector<std::filesystem::path>& files) {
    using Afterwards = devices::FilePages::Afterwards;
    switch (from) {
        case From::scanner:
            return desk::open_scanner(rooms.home, rooms.scan_folder, desk::Sheets::put_away);
        case From::folder:
            return std::make_unique<devices::FilePages>(std::vector{rooms.scan_folder}, Afterwards::put_away);
        case From::watched:
            return std::make_unique<devices::WatchedFolder>(rooms.scan_folder);
        case From::files:
            break;
    }
    return std::make_unique<devices::FilePages>(files, Afterwards::leave);
}

void ScanBatch::begin(From from, std::vector<std::filesystem::path> files) {
    if (running_) return;
    from_ = from;
    running_ = true;
    results_.clear();
    files_done_ = 0;
    files_.reset();
    life_ = std::make_shared<int>(0);
    finishing_ = false;
    app_.work(life_, caught([from, files = std::move(files)](Rooms& rooms) {
                  return std::make_shared<desk::Conveyor>(source(rooms, from, files));
              }),
              [this](Outcome<Belt> belt) {
                  if (belt.thrown) return broke_off(belt.thrown);
                  belt_ = std::move(*belt.value);
                  files_ = belt_->count();
                  tell();
                  fetch();
              });
}

// What could not be read for a fault of ours is told and left where it lies; the rest goes on.
void ScanBatch::fetch() {
    app_.at_belt(life_, caught([belt = belt_] { return belt->next(); }), [this](Outcome<Next> next) {
        if (next.thrown) {
            app_.fault(next.thrown);
            return fetch();
        }
        if (!*next.value) return ended();
        take(std::make_shared<desk::ReadFile>(std::move(**next.value)));
    });
}

void ScanBatch::take(std::shared_ptr<desk::ReadFile> file) {
    app_.work(life_, caught([belt = belt_, file = std::move(file), actor = actor_](Rooms& rooms) {
                  auto results = rooms.returning.take(*file, actor);
                  belt->settle(file->name, desk::all_kept(results));
                  return results;
              }),
              [this](Outcome<std::vector<desk::PageResult>> taken) {
                  if (taken.thrown) return broke_off(taken.thrown);
                  ++files_done_;
                  for (desk::PageResult& result : *taken.value) results_.push_back(std::move(result));
                  tell();
                  fetch();
              });
}

void ScanBatch::tell() const {
    if (!shown_by_.expired()) changed_();
}

void ScanBatch::finish() {
    if (!running_) return;
    if (from_ != From::scanner || !belt_ || std::exchange(finishing_, true)) return stop();
    belt_->finish();
}

void ScanBatch::stop() {
    if (!running_) return;
    if (belt_) belt_->stop();
    ended();
}

void ScanBatch::broke_off(const std::exception_ptr& thrown) {
    app_.fault(thrown);
    stop();
}

// The belt ends on its own thread: a scanner that is brought home may take its time.
void ScanBatch::ended() {
    running_ = false;
    life_.reset();
    if (belt_)
        app_.at_belt(
            app_.life(), [belt = std::move(belt_)]() mutable { belt.reset(); }, [] {});
    belt_ = nullptr;
    tell();
}

}  // namespace wq::ui::staff
