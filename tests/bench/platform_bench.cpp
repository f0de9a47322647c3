// What the platform takes and gives through HTTP, signed, ruled and durable, on this machine:
//   wq_bench_platform ingest EVENTS BATCH NODES [SCHOOLS]
// On SQLite; on PostgreSQL inside tests/sync/with_postgres. Requests are made and signed before the clock
// runs; answers are read when it has stopped: every event must have been accepted.
#include "sync/platform/server.h"
#include "tests/bench/load.h"
#include "tests/sync/world.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string_view>
#include <thread>

namespace {

using namespace wq;
using namespace wq::bench;

struct Served {
    Served() : home(), clock(), random() {
        registry = std::make_unique<platform::Registry>(
            platform::RegistryOptions{home.path(), &clock, &random, &sync_test::codes(), database.address()});
        api = std::make_unique<platform::Api>(*registry);
        server = std::make_unique<platform::Server>(*api, "127.0.0.1", 0);
        serving = std::jthread([this] { server->run(16); });
    }
    ~Served() { server->stop(); }

    sync_test::TemporaryFolder home;
    sync_test::TestDatabase database;
    os::SystemClock clock;
    crypto::SystemRandom random;
    std::unique_ptr<platform::Registry> registry;
    std::unique_ptr<platform::Api> api;
    std::unique_ptr<platform::Server> server;
    std::jthread serving;
};

// A node's requests, sent one after another by a thread of its own.
struct Sending {
    std::unique_ptr<LoadNode> node;
    std::vector<std::string> requests;
    std::vector<Connection::Answer> answers;
};

std::int64_t accepted_in(const Bytes& body) {
    const auto value = cbor::decode(body);
    const auto answer =
        value ? protocol::push_answer_from(*value) : Result<protocol::PushAnswer>(refuse("x"));
    if (!answer) return 0;
    return std::ranges::count(answer->verdicts, "accepted", &protocol::EventVerdict::verdict);
}

int ingest(int events, int batch, int nodes, int schools) {
    Served served;
    std::vector<Sending> sendings(static_cast<std::size_t>(nodes));
    const int each = events / nodes / 3;
    for (int n = 0; n < nodes; ++n) {
        Sending& sending = sendings[static_cast<std::size_t>(n)];
        sending.node = std::make_unique<LoadNode>(*served.registry, std::to_string(10100 + n % schools),
                                                  1 + n * (each + 1));
        Connection connection(served.server->port());
        if (connection.send(sending.node->push(sending.node->set_up(each))).status != 200) return 1;
    }
    std::vector<std::jthread> makers;
    for (Sending& sending : sendings)
        makers.emplace_back([&] {
            std::vector<Bytes> waiting;
            for (int i = 0; i < each; ++i) {
                for (Bytes& act : sending.node->three_acts()) waiting.push_back(std::move(act));
                while (waiting.size() >= static_cast<std::size_t>(batch) ||
                       (i + 1 == each && !waiting.empty())) {
                    const auto count = std::min(waiting.size(), static_cast<std::size_t>(batch));
                    const auto last = waiting.begin() + static_cast<std::ptrdiff_t>(count);
                    sending.requests.push_back(sending.node->push({waiting.begin(), last}));
                    waiting.erase(waiting.begin(), last);
                }
            }
        });
    makers.clear();
    const std::clock_t busy = std::clock();
    const auto from = std::chrono::steady_clock::now();
    std::vector<std::jthread> senders;
    for (Sending& sending : sendings)
        senders.emplace_back([&] {
            Connection connection(served.server->port());
            for (const std::string& request : sending.requests)
                sending.answers.push_back(connection.send(request));
        });
    senders.clear();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
    const double processor = static_cast<double>(std::clock() - busy) / CLOCKS_PER_SEC;
    std::vector<double> milliseconds;
    std::int64_t accepted = 0;
    for (const Sending& sending : sendings)
        for (const Connection::Answer& answer : sending.answers) {
            milliseconds.push_back(answer.milliseconds);
            accepted += accepted_in(answer.body);
        }
    const std::int64_t sent = std::int64_t{3} * each * nodes;
    std::printf(
        "ingest %s: %lld events in batches of %d by %d nodes of %d schools: %.2f s, %.0f events/s,"
        " p50 %.1f ms, p99 %.1f ms, processor %.2f s here, accepted %lld\n",
        sync_test::is_on_server() ? "PostgreSQL" : "SQLite", static_cast<long long>(sent), batch, nodes,
        schools, seconds, static_cast<double>(sent) / seconds, percentile(milliseconds, 50),
        percentile(milliseconds, 99), processor, static_cast<long long>(accepted));
    return accepted == sent ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view what = argc > 1 ? argv[1] : "";
    const auto number = [&](int at, int otherwise) { return argc > at ? std::atoi(argv[at]) : otherwise; };
    if (what == "ingest") return ingest(number(2, 60000), number(3, 100), number(4, 8), number(5, 1));
    std::fprintf(stderr, "wq_bench_platform ingest EVENTS BATCH NODES [SCHOOLS]\n");
    return 2;
}
