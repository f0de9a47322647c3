// Each planted fault has to be found within so many schedules; prints which promise it broke, and when.
#include "tests/sim/faults.h"
#include "tests/sim/planted.h"
#include "tests/sim/power.h"
#include "tests/sim/runs.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace {

using wq::sim::Fault, wq::sim::kFaults;

constexpr std::int64_t kSchedules = 3000;

std::vector<std::string_view> names() {
    std::vector<std::string_view> names;
    for (const Fault& fault : kFaults)
        if (names.empty() || names.back() != fault.name) names.push_back(fault.name);
    return names;
}

// The control of the cuts of the power: less than synchronous = FULL has to be seen to lose.
int lost_by_cuts(std::string_view name) {
    constexpr std::int64_t kCuts = 500;
    wq::sim::use_disks();
    wq::sim::plant(name);
    const wq::sim::Scratch scratch;
    const auto report = wq::sim::cut_anywhere(scratch.path(), 1, kCuts);
    std::printf("%-22s %5lld of %lld cuts of the power lost what was acknowledged\n",
                std::string(name).c_str(), static_cast<long long>(report.broken),
                static_cast<long long>(report.cuts));
    return report.broken > 0 ? 0 : 1;
}

// In a process of its own: what everything begins with is made anew, with the fault in it.
int look_for(std::string_view name) {
    wq::sim::use_disks();
    wq::sim::plant(name);
    const auto found = wq::sim::search({1, kSchedules}, wq::sim::forget_kept);
    std::printf("%-22s %5lld  %s\n", std::string(name).c_str(),
                found ? static_cast<long long>(found->tried) : 0,
                found ? found->broken.what.c_str() : "NOT FOUND");
    return found ? 0 : 1;
}

bool is_found(std::string_view name, int (*look)(std::string_view)) {
    std::fflush(stdout);
    const pid_t job = ::fork();
    if (job == 0) {
        if (!std::freopen("/dev/null", "w", stderr)) std::exit(3);
        std::exit(look(name));
    }
    int status = 0;
    return ::waitpid(job, &status, 0) == job && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

int main(int count, char** words) {
    bool all_found = true;
    std::printf("%-22s %5s  %s\n", "planted", "after", "what was found broken");
    for (const std::string_view name : names())
        if (count < 2 || name == words[1]) all_found = is_found(name, look_for) && all_found;
    if (count < 2) all_found = is_found("node_normal", lost_by_cuts) && all_found;
    return all_found ? 0 : 1;
}
