// A platform behind its real HTTP server, in this process, and nodes with requests made and signed before any
// clock runs. What the platform's benches share.
#pragma once

#include "sync/platform/server.h"
#include "tests/bench/load.h"
#include "tests/sync/world.h"

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace wq::bench {

struct Served {
    explicit Served(platform::SiteOptions site = {});
    ~Served();

    sync_test::TemporaryFolder home;
    sync_test::TestDatabase database;
    os::SystemClock clock;
    crypto::SystemRandom random;
    std::unique_ptr<platform::Registry> registry;
    std::unique_ptr<platform::Api> api;
    std::unique_ptr<platform::Server> server;
    std::jthread serving;
};

const char* database_name();

// A node's requests, sent one after another by a thread of its own.
struct Sending {
    std::unique_ptr<LoadNode> node;
    std::vector<std::string> requests;
    std::vector<Connection::Answer> answers;
};

// Nodes that have set their schools up, each with so many students of its own; where told, they issue papers
// with codes that can be verified.
std::vector<Sending> set_up(Served& served, int nodes, int schools, int students_each,
                            bool issue_papers = false);
// Puts the three acts of the next students of each into its requests.
void prepare_acts(std::vector<Sending>& sendings, int students_each, int batch);

struct Seconds {
    double wall = 0, processor = 0;  // of both ends
};
Seconds send_all(Served& served, std::vector<Sending>& sendings);

std::int64_t accepted_in(ByteView answer);
// Events accepted in all answers.
std::int64_t accepted_in(const std::vector<Sending>& sendings);

struct Pulled {
    std::int64_t events = 0, bytes = 0;  // bytes of the feed's rows
    double seconds = 0;
};
// The whole feed, its chain proven; Fault where it isn't whole.
Pulled pull_all(Served& served, LoadNode& node, const std::function<void(const Bytes& row)>& each = {});

}  // namespace wq::bench
