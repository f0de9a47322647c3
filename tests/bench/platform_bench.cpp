// What the platform takes and gives through HTTP, signed, ruled and durable, on this machine:
//   wq_bench_platform ingest EVENTS BATCH NODES [SCHOOLS]
// On SQLite; on PostgreSQL inside tests/sync/with_postgres. Requests are made and signed before the clock
// runs; answers are read when it has stopped: every event must have been accepted.
#include "sync/platform/server.h"
#include "tests/bench/load.h"
#include "tests/sync/world.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <mutex>
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
        server = std::make_unique<platform::Server>(*api, platform::Server::Options{});
        serving = std::jthread([this] { server->run(); });
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

// Makes the nodes and their signed requests.
std::vector<Sending> prepared(Served& served, int events, int batch, int nodes, int schools) {
    std::vector<Sending> sendings(static_cast<std::size_t>(nodes));
    const int each = events / nodes / 3;
    for (int n = 0; n < nodes; ++n) {
        Sending& sending = sendings[static_cast<std::size_t>(n)];
        sending.node = std::make_unique<LoadNode>(*served.registry, std::to_string(10100 + n % schools),
                                                  1 + n * (each + 1));
        Connection connection(served.server->port());
        if (connection.send(sending.node->push(sending.node->set_up(each))).status != 200)
            throw Fault("the school was not set up");
    }
    std::vector<std::jthread> makers;
    for (Sending& sending : sendings)
        makers.emplace_back([&sending, batch, each] {
            std::vector<Bytes> waiting;
            const auto take = [&](std::size_t count) {
                const auto last = waiting.begin() + static_cast<std::ptrdiff_t>(count);
                sending.requests.push_back(sending.node->push({waiting.begin(), last}));
                waiting.erase(waiting.begin(), last);
            };
            for (int i = 0; i < each; ++i) {
                for (Bytes& act : sending.node->three_acts()) waiting.push_back(std::move(act));
                while (waiting.size() >= static_cast<std::size_t>(batch))
                    take(static_cast<std::size_t>(batch));
            }
            if (!waiting.empty()) take(waiting.size());
        });
    return sendings;
}

struct Seconds {
    double wall = 0, processor = 0;  // of both ends
};

Seconds send_all(Served& served, std::vector<Sending>& sendings) {
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
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count(),
            static_cast<double>(std::clock() - busy) / CLOCKS_PER_SEC};
}

const char* database_name() { return sync_test::is_on_server() ? "PostgreSQL" : "SQLite"; }

int ingest(int events, int batch, int nodes, int schools) {
    Served served;
    std::vector<Sending> sendings = prepared(served, events, batch, nodes, schools);
    const Seconds seconds = send_all(served, sendings);
    std::vector<double> milliseconds;
    std::int64_t accepted = 0;
    for (const Sending& sending : sendings)
        for (const Connection::Answer& answer : sending.answers) {
            milliseconds.push_back(answer.milliseconds);
            accepted += accepted_in(answer.body);
        }
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
    std::vector<Sending> sendings = prepared(served, events, 100, 4, 1);
    send_all(served, sendings);
    LoadNode& node = *sendings[0].node;
    Connection connection(served.server->port());
    std::int64_t after = 0, last = 1;
    domain::Hash chain{};
    const auto from = std::chrono::steady_clock::now();
    while (after < last) {
        const auto answer =
            connection.send(node.signed_request("GET", "/v1/feed?limit=1000&after=" + std::to_string(after)));
        const auto page = protocol::feed_page_from(cbor::decode(answer.body).value()).value();
        for (const Bytes& row : page.rows) chain = protocol::feed_chain(chain, row);
        if (chain != page.chain) return 1;
        after = page.through, last = page.last;
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
    std::printf("pull %s: %lld events: %.2f s, %.0f events/s\n", database_name(),
                static_cast<long long>(after), seconds, static_cast<double>(after) / seconds);
    return after >= events * 9 / 10 ? 0 : 1;
}

// Many connections ask without a pause; what the platform can't do it must say at once.
int overload(int seconds, int connections) {
    Served served;
    LoadNode node(*served.registry, "10100", 1);
    std::vector<std::vector<std::string>> requests(static_cast<std::size_t>(connections));
    for (auto& its : requests)
        for (int i = 0; i < 20; ++i) its.push_back(node.signed_request("GET", "/v1/status"));
    std::mutex mutex;
    std::vector<double> refused, served_in;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    std::vector<std::jthread> senders;
    for (auto& its : requests)
        senders.emplace_back([&] {
            Connection connection(served.server->port());
            // A request whose nonce was seen is refused after its proof: that is work, too.
            for (std::size_t i = 0; std::chrono::steady_clock::now() < until; ++i) {
                const auto answer = connection.send(its[i % its.size()]);
                const std::lock_guard lock(mutex);
                (answer.status == 429 ? refused : served_in).push_back(answer.milliseconds);
            }
        });
    senders.clear();
    const auto ended = std::chrono::steady_clock::now();
    Connection connection(served.server->port());
    double recovered = -1;
    while (recovered < 0 && std::chrono::steady_clock::now() - ended < std::chrono::seconds(90))
        if (const auto answer = connection.send(node.signed_request("GET", "/v1/status"));
            answer.status == 200 && answer.milliseconds < 50)
            recovered = std::chrono::duration<double>(std::chrono::steady_clock::now() - ended).count();
    std::printf(
        "overload %s: %d connections: %zu worked on (p99 %.1f ms), %zu told to come again"
        " (p50 %.1f ms, p99 %.1f ms), back to normal after %.3f s\n",
        database_name(), connections, served_in.size(), percentile(served_in, 99), refused.size(),
        percentile(refused, 50), percentile(refused, 99), recovered);
    return recovered >= 0 ? 0 : 1;
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
    if (what == "overload") return overload(number(2, 5), number(3, 640));
    if (what == "polls") return polls(number(2, 500));
    if (what == "pictures") return pictures(number(2, 1000));
    std::fprintf(stderr, "wq_bench_platform ingest|pull|overload|polls|pictures …, see the file's head\n");
    return 2;
}
