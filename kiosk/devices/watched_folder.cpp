#include "kiosk/devices/watched_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <mutex>

namespace wq::devices {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kLongestLook{500};

// Somebody on this machine has it open for writing: a lease is only given where nobody has. Where the file
// system knows no leases, time alone decides.
bool is_being_written(const fs::path& file) {
    const int handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (handle < 0) return false;
    (void)::fcntl(handle, F_SETSIG,
                  SIGURG);  // who opens it meanwhile breaks the lease: not by a deadly signal
    const bool busy = ::fcntl(handle, F_SETLEASE, F_RDLCK) != 0 && errno == EAGAIN;
    if (!busy) (void)::fcntl(handle, F_SETLEASE, F_UNLCK);
    ::close(handle);
    return busy;
}

void wait_for(std::chrono::milliseconds time, const std::stop_token& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any().wait_for(lock, stop, time, [] { return false; });
}

}  // namespace

WatchedFolder::WatchedFolder(fs::path folder, std::chrono::milliseconds quiet)
    : folder_(std::move(folder)), quiet_(quiet) {}

std::optional<SourceFile> WatchedFolder::next(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        if (const auto name = whole_file(Steady::now()))
            return SourceFile{*name, read_page_file(folder_ / *name)};
        wait_for(std::min(kLongestLook, std::max(quiet_ / 4, std::chrono::milliseconds(1))), stop);
    }
    return std::nullopt;
}

const WatchedFolder::Seen* WatchedFolder::unchanged(const std::map<std::string, Seen>& known,
                                                    const std::string& name, const Seen& now) {
    const auto found = known.find(name);
    if (found == known.end()) return nullptr;
    const Seen& before = found->second;
    return before.size == now.size && before.changed == now.changed ? &before : nullptr;
}

std::optional<std::string> WatchedFolder::whole_file(Steady::time_point now) {
    std::map<std::string, Seen> growing, given;
    std::error_code error;
    const std::string* oldest = nullptr;
    for (fs::directory_iterator at(folder_, error), end; !error && at != end; at.increment(error)) {
        std::error_code gone;  // between two looks
        const std::string name = at->path().filename().string();
        if (!is_page_name(name) || !at->is_regular_file(gone)) continue;
        Seen seen{at->file_size(gone), at->last_write_time(gone), now};
        if (gone) continue;
        if (const Seen* before = unchanged(given_, name, seen)) {
            given.emplace(name, *before);
            continue;
        }
        if (const Seen* before = unchanged(growing_, name, seen)) seen.since = before->since;
        const auto kept = growing.emplace(name, seen).first;
        if (now - seen.since < quiet_ || is_being_written(at->path())) continue;
        if (!oldest || std::pair(seen.changed, name) < std::pair(growing[*oldest].changed, *oldest))
            oldest = &kept->first;
    }
    growing_ = std::move(growing);
    given_ = std::move(given);
    if (!oldest) return std::nullopt;
    const std::string name = *oldest;
    given_.insert(growing_.extract(name));
    return name;
}

void WatchedFolder::settle(const std::string& name, bool kept) {
    put_away(folder_, name, kept ? "taken" : "refused");
}

}  // namespace wq::devices
