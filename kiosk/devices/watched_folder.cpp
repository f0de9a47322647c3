#include "kiosk/devices/watched_folder.h"

#include <algorithm>
#include <tuple>

namespace wq::devices {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kLongestLook{500};

auto order(const FileVersion& version) { return std::tie(version.changed, version.file); }

}  // namespace

WatchedFolder::WatchedFolder(fs::path folder, std::chrono::milliseconds quiet,
                             std::chrono::milliseconds longest_rest)
    : folder_(std::move(folder)), quiet_(quiet), longest_rest_(longest_rest) {}

std::optional<SourceFile> WatchedFolder::next(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        if (const auto whole = whole_file(Steady::now())) {
            SourceFile file = read_page_file(whole->file);
            if (file.version != *whole) continue;  // it is being written again
            given_[file.name] = file.version;
            return file;
        }
        wait_for(std::min(kLongestLook, std::max(quiet_ / 4, std::chrono::milliseconds(1))), stop);
    }
    return std::nullopt;
}

std::optional<FileVersion> WatchedFolder::whole_file(Steady::time_point now) {
    std::map<std::string, Seen> growing;
    std::map<std::string, FileVersion> given;
    std::optional<FileVersion> oldest;
    std::error_code error;
    for (fs::directory_iterator at(folder_, error), end; !error && at != end; at.increment(error)) {
        std::error_code gone;  // between two looks
        const std::string name = at->path().filename().string();
        if (!is_page_name(name) || !at->is_regular_file(gone)) continue;
        Seen seen{version_of(at->path()), now};
        if (const auto known = given_.find(name); known != given_.end() && known->second == seen.version) {
            given.insert(*known);
            continue;
        }
        if (const auto known = growing_.find(name);
            known != growing_.end() && known->second.version == seen.version)
            seen.since = known->second.since;
        if (is_whole(seen, now) && (!oldest || order(seen.version) < order(*oldest))) oldest = seen.version;
        growing.emplace(name, std::move(seen));
    }
    growing_ = std::move(growing);
    given_ = std::move(given);
    return oldest;
}

bool WatchedFolder::is_whole(const Seen& seen, Steady::time_point now) const {
    const auto rested = now - seen.since;
    return rested >= quiet_ && (rested >= longest_rest_ || !is_being_written(seen.version.file));
}

void WatchedFolder::settle(const FileVersion& given, bool kept) {
    put_away(given, kept ? "taken" : "refused");
}

}  // namespace wq::devices
