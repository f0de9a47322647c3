// Many schedules, from the command line or by a test.
#pragma once

#include "tests/sim/world.h"

namespace wq::sim {

struct Range {
    std::uint64_t seed = 1;  // of the first schedule; each has the next one
    std::int64_t schedules = 1;
};

// A folder in memory for one process, gone with it.
class Scratch {
  public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

// The first of the range that breaks.
struct Found {
    std::uint64_t seed = 0;
    std::int64_t tried = 0;
    Broken broken;
};
// `before` is called before each.
std::optional<Found> search(
    const Range& range, const std::function<void()>& before = [] {});

int main_of(int count, char** words);

}  // namespace wq::sim
