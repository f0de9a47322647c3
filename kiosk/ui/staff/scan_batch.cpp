#include "kiosk/ui/staff/scan_batch.h"

#include "kiosk/desk/machine.h"
#include "kiosk/devices/watched_folder.h"

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
    app_.work(
        life_,
        [from, files = std::move(files)](Rooms& rooms) {
            return std::make_shared<desk::Conveyor>(source(rooms, from, files));
        },
        [this](Belt belt) {
            belt_ = std::move(belt);
            files_ = belt_->count();
            tell();
            fetch();
        });
}

void ScanBatch::fetch() {
    app_.beside(
        life_,
        [belt = belt_] {
            auto file = belt->next();
            return file ? std::make_shared<desk::ReadFile>(std::move(*file)) : nullptr;
        },
        [this](std::shared_ptr<desk::ReadFile> file) { file ? take(std::move(file)) : ended(); });
}

void ScanBatch::take(std::shared_ptr<desk::ReadFile> file) {
    app_.work(
        life_,
        [belt = belt_, file = std::move(file), actor = actor_](Rooms& rooms) {
            auto results = rooms.returning.take(*file, actor);
            belt->settle(file->name, desk::all_kept(results));
            return results;
        },
        [this](std::vector<desk::PageResult> results) {
            ++files_done_;
            for (desk::PageResult& result : results) results_.push_back(std::move(result));
            tell();
            fetch();
        });
}

void ScanBatch::tell() const {
    if (!shown_by_.expired()) changed_();
}

void ScanBatch::stop() {
    if (!running_) return;
    if (belt_) belt_->stop();
    ended();
}

// The belt ends on the desk thread: a scanner that is brought home may take its time.
void ScanBatch::ended() {
    running_ = false;
    life_.reset();
    app_.keep([belt = std::move(belt_)](Rooms&) {});
    belt_ = nullptr;
    tell();
}

}  // namespace wq::ui::staff
