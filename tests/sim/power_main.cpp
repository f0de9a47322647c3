// wq_sim_power [CUTS [SEED]]: cuts of the power, after every write of the scripts and so many at random.
#include "tests/sim/power.h"
#include "tests/sim/runs.h"

#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>

int main(int count, char** words) {
    const std::int64_t cuts = count > 1 ? std::atoll(words[1]) : 20'000;
    const std::uint64_t seed = count > 2 ? std::strtoull(words[2], nullptr, 10) : 1;
    wq::sim::use_disks();
    if (!std::freopen("/dev/null", "w", stderr)) return 3;
    const wq::sim::Scratch scratch;
    const auto begun = std::chrono::steady_clock::now();
    wq::sim::CutReport all = wq::sim::cut_everywhere(scratch.path());
    std::printf("%" PRId64 " cuts after every write, %" PRId64 " broken\n", all.cuts, all.broken);
    const auto more = wq::sim::cut_anywhere(scratch.path(), seed, cuts - all.cuts);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    std::printf("%" PRId64 " cuts anywhere from seed %" PRIu64 ", %" PRId64 " broken; %.1f s\n", more.cuts,
                seed, more.broken, took.count());
    for (const std::string& first : {all.first, more.first})
        if (!first.empty()) std::printf("%s\n", first.c_str());
    return all.broken + more.broken > 0;
}
