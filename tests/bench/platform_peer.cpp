#include "tests/bench/platform_parts.h"
#include "tests/bench/served.h"

#include <sys/wait.h>

#include <cstdio>
#include <optional>

namespace wq::bench {
namespace {

constexpr int kNodes = 8, kActs = 3, kCannot = 77, kNoNode = 127;

struct Speeds {
    double in = 0, out = 0;  // documents a second
};

// Prints what the peer says but its figures. Nothing where it can't be had, which it has told.
std::optional<Speeds> of_peer(const std::string& how, std::int64_t documents, std::int64_t size, int batch) {
    const std::string command = "node " WQ_PEERS "/couch.mjs --packages " WQ_PEER_PACKAGES " --documents " +
                                std::to_string(documents) + " --size " + std::to_string(size) + " --batch " +
                                std::to_string(batch) + " --senders " + std::to_string(kNodes) + " " + how;
    std::fflush(stdout);
    std::FILE* output = ::popen(command.c_str(), "r");
    if (!output) return std::nullopt;
    Speeds speeds;
    char line[400];
    while (std::fgets(line, sizeof line, output))
        if (std::sscanf(line, "speeds %lf %lf", &speeds.in, &speeds.out) != 2) std::printf("  %s", line);
    const int status = ::pclose(output);
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (code == kNoNode) std::printf("  skipped: there is no node here\n");
    if (code == kCannot || code == kNoNode) return std::nullopt;
    if (status != 0 || speeds.in <= 0 || speeds.out <= 0) throw Fault("the peer failed");
    return speeds;
}

std::int64_t bytes_of(const std::vector<Sending>& sendings) {
    std::int64_t bytes = 0;
    for (const Sending& sending : sendings)
        for (const std::string& request : sending.requests)
            bytes += static_cast<std::int64_t>(request.size());
    return bytes;
}

}  // namespace

int peer(int events, int batch) {
    const int each = events / kNodes / kActs;
    const std::int64_t sent = std::int64_t{each} * kNodes * kActs;
    Speeds ours;
    std::int64_t size = 0;
    {
        Served served;
        std::vector<Sending> sendings = set_up(served, kNodes, 1, each);
        prepare_acts(sendings, each, batch);
        size = bytes_of(sendings) / sent;
        ours.in = static_cast<double>(sent) / send_all(served, sendings).wall;
        if (accepted_in(sendings) != sent) return 1;
        const Pulled pulled = pull_all(served, *sendings[0].node);
        ours.out = static_cast<double>(pulled.events) / pulled.seconds;
        std::printf("peer: an event is %lld bytes on its way in, a row of the feed %lld\n",
                    static_cast<long long>(size), static_cast<long long>(pulled.bytes / pulled.events));
    }
    std::printf("  %-26s in %6.0f/s, out %6.0f/s\n", database_name(), ours.in, ours.out);
    for (const char* how : {"", "--durable"}) {
        const auto its = of_peer(how, sent, size, batch);
        if (!its) return 0;
        std::printf("  %-26s in %6.0f/s, out %6.0f/s: ours is %.1f and %.1f times as fast\n",
                    *how ? "PouchDB, synced each batch" : "PouchDB as it comes", its->in, its->out,
                    ours.in / its->in, ours.out / its->out);
    }
    return 0;
}

}  // namespace wq::bench
