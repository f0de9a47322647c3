#include "tests/sim/runs.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace wq::sim {

namespace {

struct Options {
    Range range;
    int jobs = 1;
    bool story = false;
};

[[noreturn]] void usage() {
    std::printf(
        "wangqian-sim [--schedules N] [--seed S] [--jobs J] [--story]\n"
        "  N schedules (5000) with the seeds from S (1) on, in J processes (1); --story tells what\n"
        "  happens in each, not only in one that breaks\n");
    std::exit(2);
}

Options options_from(int count, char** words) {
    Options options;
    options.range.schedules = 5000;
    for (int at = 1; at < count; ++at) {
        const std::string_view word = words[at];
        if (word == "--story") {
            options.story = true;
            continue;
        }
        if (at + 1 == count) usage();
        const std::uint64_t value = std::strtoull(words[++at], nullptr, 10);
        if (word == "--schedules")
            options.range.schedules = static_cast<std::int64_t>(value);
        else if (word == "--seed")
            options.range.seed = value;
        else if (word == "--jobs")
            options.jobs = std::max(1, static_cast<int>(value));
        else
            usage();
    }
    return options;
}

void print(const std::vector<std::string>& story) {
    for (const std::string& line : story) std::printf("%s\n", line.c_str());
}

void print(const Found& found) {
    print(found.broken.story);
    std::printf("seed %" PRIu64 " breaks: %s\nAgain: wangqian-sim --seed %" PRIu64 " --schedules 1 --story\n",
                found.seed, found.broken.what.c_str(), found.seed);
    std::fflush(stdout);
}

int run_all(const Range& range, bool story) {
    if (story) {
        const Scratch scratch;
        for (std::int64_t i = 0; i < range.schedules; ++i) {
            const std::uint64_t seed = range.seed + static_cast<std::uint64_t>(i);
            std::vector<std::string> lines;
            const auto broken = run_schedule(scratch.path(), seed, &lines);
            print(lines);
            if (broken) return print({seed, i + 1, *broken}), 1;
        }
        return 0;
    }
    const auto found = search(range);
    if (found) print(*found);
    return found ? 1 : 0;
}

// Each process has its own stretch.
std::vector<pid_t> start(const Options& options) {
    std::vector<pid_t> jobs;
    const std::int64_t each = (options.range.schedules + options.jobs - 1) / options.jobs;
    for (std::int64_t from = 0; from < options.range.schedules; from += each) {
        const pid_t job = ::fork();
        if (job == 0)
            std::exit(run_all({options.range.seed + static_cast<std::uint64_t>(from),
                               std::min(each, options.range.schedules - from)},
                              options.story));
        jobs.push_back(job);
    }
    return jobs;
}

}  // namespace

std::optional<Found> search(const Range& range, const std::function<void()>& before) {
    const Scratch scratch;
    for (std::int64_t i = 0; i < range.schedules; ++i) {
        const std::uint64_t seed = range.seed + static_cast<std::uint64_t>(i);
        before();
        if (!run_schedule(scratch.path(), seed, nullptr)) continue;
        std::vector<std::string> story;
        before();
        auto broken = run_schedule(scratch.path(), seed, &story);
        if (!broken) broken = Broken{"it does not break when it is played again"};
        broken->story = std::move(story);
        return Found{seed, i + 1, std::move(*broken)};
    }
    return std::nullopt;
}

int main_of(int count, char** words) {
    const Options options = options_from(count, words);
    use_disks();
    // The platform tells its log of every fault; here they are made by the thousand.
    if (!options.story && !std::freopen("/dev/null", "w", stderr)) return 3;
    std::fflush(stdout);
    const auto begun = std::chrono::steady_clock::now();
    bool all_hold = true;
    for (const pid_t job : start(options)) {
        int status = 0;
        all_hold =
            ::waitpid(job, &status, 0) == job && WIFEXITED(status) && WEXITSTATUS(status) == 0 && all_hold;
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    std::printf("%" PRId64 " schedules from seed %" PRIu64 " in %.1f s, %.0f in a second: %s\n",
                options.range.schedules, options.range.seed, took.count(),
                static_cast<double>(options.range.schedules) / took.count(),
                all_hold ? "all hold" : "BROKEN");
    return all_hold ? 0 : 1;
}

}  // namespace wq::sim
