// A folder that others put pages into, on this machine or over the network: each file is read once it has
// stopped growing, and put away after. By looking at the folder again and again, which any file system
// understands.
#pragma once

#include "kiosk/devices/page_source.h"
#include "kiosk/devices/whole_file.h"

#include <chrono>
#include <map>

namespace wq::devices {

class WatchedFolder final : public PageSource {
  public:
    // `quiet`: for how long a file must keep size and time before it is taken for whole; `longest_rest`: the
    // same where somebody seems to have it open still.
    explicit WatchedFolder(std::filesystem::path folder, std::chrono::milliseconds quiet = kQuiet,
                           std::chrono::milliseconds longest_rest = kLongestRest);

    using PageSource::next;
    // Waits for the next whole file, the oldest first; ends when `stop` is asked for. A folder that is away
    // is waited for too.
    std::optional<SourceFile> next(const std::stop_token& stop) override;
    // Into "taken" or "refused" inside the folder.
    void settle(const FileVersion& given, bool kept) override;

  private:
    using Steady = std::chrono::steady_clock;
    struct Seen {
        FileVersion version;
        Steady::time_point since;  // when it was first seen like this
    };
    std::optional<FileVersion> whole_file(Steady::time_point now);
    bool is_whole(const Seen& seen, Steady::time_point now) const;

    std::filesystem::path folder_;
    std::chrono::milliseconds quiet_, longest_rest_;
    std::map<std::string, Seen> growing_;
    // Given already: one that could not be put away is not given again unless it changes.
    std::map<std::string, FileVersion> given_;
};

}  // namespace wq::devices
