#include "tests/bench/platform_parts.h"
#include "tests/bench/served.h"

#include <cstdio>

namespace wq::bench {
namespace {

constexpr int kNodes = 8, kActs = 3, kSteps = 10, kBatch = 100;

}  // namespace

int growth(int events, int schools) {
    const int each = events / kSteps / kNodes / kActs;
    Served served;
    std::vector<Sending> sendings = set_up(served, kNodes, schools, each * kSteps);
    const std::int64_t step = std::int64_t{each} * kNodes * kActs;
    double first = 0, last = 0;
    bool is_whole = true;
    for (int i = 1; i <= kSteps; ++i) {
        prepare_acts(sendings, each, kBatch);
        const Seconds seconds = send_all(served, sendings);
        is_whole &= accepted_in(sendings) == step;
        last = static_cast<double>(step) / seconds.wall;
        if (i == 1) first = last;
        std::printf("  %9lld events: %6.0f events/s\n", static_cast<long long>(i * step), last);
        std::fflush(stdout);
        for (Sending& sending : sendings) sending.requests.clear(), sending.answers.clear();
    }
    const Pulled pulled = pull_all(served, *sendings[0].node);
    std::printf(
        "growth %s: %lld events of %d schools: the last tenth at %.0f %% of the first one's speed; out again"
        " at %.0f events/s\n",
        database_name(), static_cast<long long>(kSteps * step), schools, 100 * last / first,
        static_cast<double>(pulled.events) / pulled.seconds);
    return is_whole ? 0 : 1;
}

}  // namespace wq::bench
