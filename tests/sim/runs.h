// Many schedules: a range of seeds searched for the first that breaks, from the command line (wangqian-sim)
// or by a test of planted faults.
#pragma once

#include "tests/sim/scratch.h"
#include "tests/sim/world.h"

namespace wq::sim {

struct Range {
    std::uint64_t seed = 1;  // of the first schedule; each has the next one
    std::int64_t schedules = 1;
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
