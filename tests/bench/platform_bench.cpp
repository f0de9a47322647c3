// What the platform takes and gives through HTTP, signed, ruled and durable, on this machine:
//   wq_bench_platform ingest [EVENTS [BATCH [NODES [SCHOOLS]]]]     pull [EVENTS]
//                     overload [SECONDS [CONNECTIONS]]               pages [RATE [SECONDS [RECORDS]]]
//                     growth [EVENTS [SCHOOLS]]                      peer [EVENTS [BATCH]]
//                     polls [CONNECTIONS]                            pictures [ACTS]
// On SQLite; on PostgreSQL inside tests/sync/with_postgres. Requests are made and signed before the clock
// runs; answers are read when it has stopped: every event must have been accepted.
#include "tests/bench/platform_parts.h"
#include "tests/bench/served.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

using namespace wq;
using namespace wq::bench;

int ingest(int events, int batch, int nodes, int schools) {
    Served served;
    std::vector<Sending> sendings = set_up(served, nodes, schools, events / nodes / 3);
    prepare_acts(sendings, events / nodes / 3, batch);
    const Seconds seconds = send_all(served, sendings);
    const std::int64_t accepted = accepted_in(sendings);
    std::vector<double> milliseconds;
    for (const Sending& sending : sendings)
        for (const Connection::Answer& answer : sending.answers) milliseconds.push_back(answer.milliseconds);
    const std::int64_t sent = std::int64_t{3} * (events / nodes / 3) * nodes;
    std::printf(
        "ingest %s: %lld events in batches of %d by %d nodes of %d schools: %.2f s, %.0f events/s,"
        " p50 %.1f ms, p99 %.1f ms, processor %.2f s here, accepted %lld\n",
        database_name(), static_cast<long long>(sent), batch, nodes, schools, seconds.wall,
        static_cast<double>(sent) / seconds.wall, percentile(milliseconds, 50), percentile(milliseconds, 99),
        seconds.processor, static_cast<long long>(accepted));
    return accepted == sent ? 0 : 1;
}

int pull(int events) {
    Served served;
    std::vector<Sending> sendings = set_up(served, 4, 1, events / 12);
    prepare_acts(sendings, events / 12, 100);
    send_all(served, sendings);
    const Pulled pulled = pull_all(served, *sendings[0].node);
    std::printf("pull %s: %lld events: %.2f s, %.0f events/s\n", database_name(),
                static_cast<long long>(pulled.events), pulled.seconds,
                static_cast<double>(pulled.events) / pulled.seconds);
    return pulled.events >= events * 9 / 10 ? 0 : 1;
}

double megabytes() {
    std::FILE* file = std::fopen("/proc/self/statm", "r");
    long total = 0, resident = 0;
    const int read = file ? std::fscanf(file, "%ld %ld", &total, &resident) : 0;
    if (file) std::fclose(file);
    return read == 2 ? static_cast<double>(resident) * 4096 / (1 << 20) : 0;
}

int polls(int connections) {
    Served served;
    LoadNode node(*served.registry, "10100", 1), other(*served.registry, "10100", 1000);
    std::vector<std::unique_ptr<Connection>> waiting;
    std::vector<std::jthread> threads;
    std::vector<double> late(static_cast<std::size_t>(connections));
    std::chrono::steady_clock::time_point pushed;
    std::atomic<int> ready = 0;
    for (std::size_t i = 0; i < late.size(); ++i)
        threads.emplace_back([&, i, request = node.signed_request("GET", "/v1/feed?after=0&wait=50")] {
            Connection connection(served.server->port());
            // Not all at the same moment: those beyond the requests in hand would be told to come again.
            std::this_thread::sleep_for(std::chrono::milliseconds(3 * i));
            ++ready;
            connection.send(request);
            late[i] =
                std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - pushed).count();
        });
    while (ready < connections) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    std::this_thread::sleep_for(std::chrono::seconds(2));
    const double memory = megabytes();
    Connection connection(served.server->port());
    const std::string push = other.push(other.set_up(1));
    pushed = std::chrono::steady_clock::now();
    const bool taken = connection.send(push).status == 200;
    threads.clear();
    std::printf(
        "polls %s: %d waiting, %.0f MB together with the waiting threads; told p50 %.0f ms, last %.0f ms"
        " after the push began\n",
        database_name(), connections, memory, percentile(late, 50), percentile(late, 100));
    return taken ? 0 : 1;
}

// Through a real node: acts with pictures in its store, sent by its rounds.
int pictures(int acts) {
    Served served;
    sync_test::Platform unused;
    sync_test::TestNode node(unused, 1);
    node.set_up(acts);
    crypto::SystemRandom random;
    for (int student = 1; student <= acts; ++student) {
        const Uuid id = node.approved(student);
        domain::Command command;
        command.action = domain::Action::return_paper;
        command.actor = sync_test::office();
        for (const int page : {1, 2}) {
            const auto kept = node.store->pictures().keep(random.bytes(200'000), "image/jpeg");
            command.pages.push_back({page, kept->hash, kept->size, kept->media_type, {}});
        }
        if (!node.store->registrations().act(id, command)) return 1;
    }
    const std::string school = sync_test::kSchool;
    if (!served.registry->add_school(school, "示例大学")) return 1;
    client::HttpTransport transport("http://127.0.0.1:" + std::to_string(served.server->port()));
    auto world = node.world();
    os::SystemClock clock;
    world.transport = &transport;
    world.clock = &clock;
    if (!client::enrol(node.store->log(), world, served.registry->new_enrol_code(school).value())) return 1;
    const auto from = std::chrono::steady_clock::now();
    const auto result = client::SyncStep(client::SyncedParts::of(*node.store), world).run();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
    std::printf("pictures %s: %d acts with %lld pictures of 200 KB: %.1f s, %.0f pictures/s, %s\n",
                database_name(), acts, static_cast<long long>(result.pictures_sent), seconds,
                static_cast<double>(result.pictures_sent) / seconds,
                result.failed ? result.failed->code.c_str() : "ok");
    return !result.failed && result.pictures_sent == 2 * acts ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view what = argc > 1 ? argv[1] : "";
    const auto number = [&](int at, int otherwise) { return argc > at ? std::atoi(argv[at]) : otherwise; };
    if (what == "ingest") return ingest(number(2, 60000), number(3, 100), number(4, 8), number(5, 1));
    if (what == "pull") return pull(number(2, 60000));
    if (what == "overload") return overload(number(2, 10), number(3, 768));
    if (what == "pages") return pages(number(2, 200), number(3, 30), number(4, 10'000));
    if (what == "growth") return growth(number(2, 1'000'000), number(3, 1));
    if (what == "peer") return peer(number(2, 60'000), number(3, 100));
    if (what == "polls") return polls(number(2, 500));
    if (what == "pictures") return pictures(number(2, 1000));
    std::fprintf(
        stderr,
        "wq_bench_platform ingest|pull|overload|pages|growth|peer|polls|pictures …, see the file's head\n");
    return 2;
}
