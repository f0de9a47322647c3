// A folder that others put pages into, on this machine or over the network: each file is read once it has
// stopped growing, and put away after. By looking at the folder again and again, which any file system
// understands.
#pragma once

#include "kiosk/devices/page_source.h"

#include <chrono>
#include <map>

namespace wq::devices {

class WatchedFolder final : public PageSource {
  public:
    // `quiet`: for how long a file must keep size and time before it is taken for whole.
    explicit WatchedFolder(std::filesystem::path folder,
                           std::chrono::milliseconds quiet = std::chrono::milliseconds(2000));

    using PageSource::next;
    // Waits for the next whole file, the oldest first; ends when `stop` is asked for. A folder that is away
    // is waited for too.
    std::optional<SourceFile> next(const std::stop_token& stop) override;
    // Into "taken" or "refused" inside the folder.
    void settle(const std::string& name, bool kept) override;

  private:
    using Steady = std::chrono::steady_clock;
    struct Seen {
        std::uintmax_t size = 0;
        std::filesystem::file_time_type changed;
        Steady::time_point since;  // when it was first seen like this
    };
    static const Seen* unchanged(const std::map<std::string, Seen>& known, const std::string& name,
                                 const Seen& now);
    std::optional<std::string> whole_file(Steady::time_point now);

    std::filesystem::path folder_;
    std::chrono::milliseconds quiet_;
    std::map<std::string, Seen> growing_;
    // Given already: one that could not be put away is not given again unless it changes.
    std::map<std::string, Seen> given_;
};

}  // namespace wq::devices
