#include "tests/bench/served.h"

#include "sync/protocol/messages.h"

#include <algorithm>
#include <chrono>
#include <ctime>

namespace wq::bench {
namespace {

constexpr std::size_t kRosters = 8;  // in one push: each has 500 graduates

void push_all(Served& served, LoadNode& node, const std::vector<Bytes>& events) {
    Connection connection(served.server->port());
    for (std::size_t from = 0; from < events.size(); from += kRosters) {
        const auto first = events.begin() + static_cast<std::ptrdiff_t>(from),
                   last =
                       events.begin() + static_cast<std::ptrdiff_t>(std::min(events.size(), from + kRosters));
        const std::vector<Bytes> part(first, last);
        const auto answer = connection.send(node.push(part));
        if (answer.status != 200 || accepted_in(answer.body) != last - first)
            throw Fault("the school was not set up");
    }
}

void prepare_acts(Sending& sending, int students, int batch) {
    std::vector<Bytes> waiting;
    const auto take = [&](std::size_t count) {
        const auto last = waiting.begin() + static_cast<std::ptrdiff_t>(count);
        sending.requests.push_back(sending.node->push({waiting.begin(), last}));
        waiting.erase(waiting.begin(), last);
    };
    for (int i = 0; i < students; ++i) {
        for (Bytes& act : sending.node->three_acts()) waiting.push_back(std::move(act));
        while (waiting.size() >= static_cast<std::size_t>(batch)) take(static_cast<std::size_t>(batch));
    }
    if (!waiting.empty()) take(waiting.size());
}

}  // namespace

Served::Served(platform::SiteOptions site) {
    registry = std::make_unique<platform::Registry>(
        platform::RegistryOptions{home.path(), &clock, &random, &sync_test::codes(), database.address()});
    api = std::make_unique<platform::Api>(*registry, std::move(site));
    server = std::make_unique<platform::Server>(*api, platform::Server::Options{});
    serving = std::jthread([this] { server->run(); });
}

Served::~Served() { server->stop(); }

const char* database_name() { return sync_test::is_on_server() ? "PostgreSQL" : "SQLite"; }

std::vector<Sending> set_up(Served& served, int nodes, int schools, int students_each, bool issue_papers) {
    std::vector<Sending> sendings(static_cast<std::size_t>(nodes));
    for (int n = 0; n < nodes; ++n) {
        Sending& sending = sendings[static_cast<std::size_t>(n)];
        sending.node = std::make_unique<LoadNode>(*served.registry, std::to_string(10100 + n % schools),
                                                  1 + n * (students_each + 1));
        if (issue_papers) sending.node->issue_papers();
        push_all(served, *sending.node, sending.node->set_up(students_each, n < schools));
    }
    return sendings;
}

void prepare_acts(std::vector<Sending>& sendings, int students_each, int batch) {
    std::vector<std::jthread> makers;
    for (Sending& sending : sendings)
        makers.emplace_back(
            [&sending, students_each, batch] { prepare_acts(sending, students_each, batch); });
}

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

std::int64_t accepted_in(ByteView answer) {
    const auto value = cbor::decode(answer);
    const auto read = value ? protocol::push_answer_from(*value) : Result<protocol::PushAnswer>(refuse("x"));
    return read ? std::ranges::count(read->verdicts, "accepted", &protocol::EventVerdict::verdict) : 0;
}

std::int64_t accepted_in(const std::vector<Sending>& sendings) {
    std::int64_t accepted = 0;
    for (const Sending& sending : sendings)
        for (const Connection::Answer& answer : sending.answers) accepted += accepted_in(answer.body);
    return accepted;
}

Pulled pull_all(Served& served, LoadNode& node, const std::function<void(const Bytes& row)>& each) {
    Connection connection(served.server->port());
    Pulled pulled;
    std::int64_t last = 1;
    domain::Hash chain{};
    const auto from = std::chrono::steady_clock::now();
    while (pulled.events < last) {
        const auto answer = connection.send(
            node.signed_request("GET", "/v1/feed?limit=1000&after=" + std::to_string(pulled.events)));
        const auto page = protocol::feed_page_from(cbor::decode(answer.body).value()).value();
        for (const Bytes& row : page.rows) {
            chain = protocol::feed_chain(chain, row);
            pulled.bytes += static_cast<std::int64_t>(row.size());
            if (each) each(row);
        }
        if (chain != page.chain) throw Fault("the feed's chain is broken");
        pulled.events = page.through, last = page.last;
    }
    pulled.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
    return pulled;
}

}  // namespace wq::bench
