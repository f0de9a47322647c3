#include "sync/protocol/messages.h"
#include "tests/bench/open_loop.h"
#include "tests/bench/platform_parts.h"
#include "tests/bench/served.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <set>

namespace wq::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kTimes = 10;
constexpr std::size_t kInHand = 64;                   // as many as the platform works on or keeps waiting
constexpr int kStudents = 60, kMeasuredStudents = 5;  // of each node: three events each
constexpr double kMeasured = 4;                       // seconds at most
constexpr double kNormal = 50;                        // milliseconds
constexpr auto kProbeEvery = std::chrono::milliseconds(20), kQuiet = std::chrono::milliseconds(1000),
               kLongest = std::chrono::milliseconds(90'000);

// A node that pushes one event at a time, and the same again until it is taken.
struct Pusher {
    std::unique_ptr<LoadNode> node;
    std::vector<std::string> pushes = {};
    std::vector<domain::Hash> events = {};
    std::size_t at = 0;

    const std::string* next() const { return at < pushes.size() ? &pushes[at] : nullptr; }
    void prepare(int students) {
        for (int i = 0; i < students; ++i)
            for (const Bytes& act : node->three_acts()) {
                events.push_back(protocol::event_hash(act));
                pushes.push_back(node->push({act}));
            }
    }
};

void prepare(std::vector<Pusher>& pushers, int students) {
    const auto half = static_cast<std::ptrdiff_t>(pushers.size() / 2);
    const auto some = [students](auto first, auto last) {
        return [=] {
            for (auto pusher = first; pusher != last; ++pusher) pusher->prepare(students);
        };
    };
    std::jthread one(some(pushers.begin(), pushers.begin() + half));
    std::jthread other(some(pushers.begin() + half, pushers.end()));
}

struct Taken {
    std::set<domain::Hash> acknowledged = {};
    std::vector<double> taken = {}, refused = {}, refused_since_sent = {};  // milliseconds
    std::int64_t otherwise = 0;
};

// On new connections: those that were silent while requests were made may have been ended.
OpenLoop::Offered offer(Served& served, std::vector<Pusher>& pushers, const Load& load, Taken& taken) {
    OpenLoop loop(served.server->port(), pushers.size());
    const auto done = [&](std::size_t at, const OpenAnswer& answer) {
        Pusher& pusher = pushers[at];
        if (answer.status == 429) {
            taken.refused.push_back(answer.milliseconds);
            taken.refused_since_sent.push_back(answer.since_sent);
        } else if (answer.status == 200 && accepted_in(bytes_of(answer.body)) == 1) {
            taken.taken.push_back(answer.milliseconds);
            taken.acknowledged.insert(pusher.events[pusher.at++]);
        } else {
            ++taken.otherwise;
        }
    };
    return loop.run(
        load, [&](std::size_t at) { return pushers[at].next(); }, done);
}

// Seconds from `ended` until the first of a second's requests that are all answered as usual; below 0: none
// came.
double recovered(Served& served, LoadNode& node, Clock::time_point ended) {
    Connection connection(served.server->port());
    Clock::time_point since = Clock::now();
    for (bool is_normal = false; Clock::now() - ended < kLongest;) {
        const auto due = Clock::now();
        if (!is_normal) since = due;
        const auto answer = connection.send(node.signed_request("GET", "/v1/status"));
        is_normal = answer.status == 200 && answer.milliseconds < kNormal;
        if (is_normal && due - since > kQuiet) return std::chrono::duration<double>(since - ended).count();
        std::this_thread::sleep_until(due + kProbeEvery);
    }
    return -1;
}

bool is_all_in_feed(Served& served, LoadNode& node, std::set<domain::Hash> acknowledged) {
    pull_all(served, node, [&](const Bytes& row) {
        acknowledged.erase(protocol::event_hash(protocol::feed_entry_from(row).value().event));
    });
    return acknowledged.empty();
}

std::vector<Pusher> pushers_of(Served& served, int connections) {
    std::vector<Pusher> pushers;
    for (Sending& sending : set_up(served, connections, 1, kStudents))
        pushers.push_back({std::move(sending.node)});
    return pushers;
}

void tell(const char* what, std::vector<double>& milliseconds, double seconds) {
    std::printf("  %-20s %7.0f/s, p50 %6.1f ms, p99 %6.1f ms, worst %6.1f ms\n", what,
                static_cast<double>(milliseconds.size()) / seconds, percentile(milliseconds, 50),
                percentile(milliseconds, 99), percentile(milliseconds, 100));
}

}  // namespace

int overload(int seconds, int connections) {
    Served served;
    std::vector<Pusher> pushers = pushers_of(served, connections);
    Taken before, taken;
    prepare(pushers, kMeasuredStudents);
    const auto usual = offer(served, pushers, {.seconds = kMeasured, .in_flight = kInHand}, before);
    const double takes = static_cast<double>(before.taken.size()) / usual.seconds;
    tell("taken one at a time", before.taken, usual.seconds);
    // What could be taken at the usual speed, and a third more.
    prepare(pushers, std::clamp(static_cast<int>(takes * seconds * 4 / 9 / connections) + 1, 1,
                                kStudents - kMeasuredStudents));
    const auto offered = offer(served, pushers, {.rate = kTimes * takes, .seconds = 1.0 * seconds}, taken);
    const double normal = recovered(served, *pushers[0].node, offered.ended);
    std::printf("  offered %.0f/s, sent %.0f/s for %d s on %d connections\n", kTimes * takes,
                static_cast<double>(offered.sent) / offered.seconds, seconds, connections);
    tell("taken", taken.taken, offered.seconds);
    tell("told to come again", taken.refused, offered.seconds);
    tell("  since it was sent", taken.refused_since_sent, offered.seconds);
    taken.acknowledged.merge(before.acknowledged);
    const bool is_there = is_all_in_feed(served, *pushers[0].node, taken.acknowledged);
    std::printf("overload %s: back to normal %.2f s after the load; of %zu acknowledged %s in the feed\n",
                database_name(), normal, taken.acknowledged.size(), is_there ? "all are" : "NOT all are");
    return normal >= 0 && is_there && before.otherwise + taken.otherwise == 0 ? 0 : 1;
}

}  // namespace wq::bench
