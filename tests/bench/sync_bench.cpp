// How fast a node's backlog reaches the platform and another node, over HTTP on this machine:
//   wq_bench_sync [REGISTRATIONS]
// Each registration is two events, a confirmation and a submission; the roster comes first.
#include "sync/platform/server.h"
#include "tests/sync/world.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <thread>

namespace {

using namespace wq;
using namespace wq::sync_test;

// On a busy machine the processor's time (of both ends together) tells more than the clock's.
struct Seconds {
    double wall, processor;
};

Seconds seconds_of(auto work) {
    const auto from = std::chrono::steady_clock::now();
    const std::clock_t busy = std::clock();
    work();
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count(),
            static_cast<double>(std::clock() - busy) / CLOCKS_PER_SEC};
}

client::SyncResult sync_over_http(TestNode& node, const std::string& address) {
    client::HttpTransport transport(address);
    auto world = node.world();
    world.transport = &transport;
    return client::SyncStep(client::SyncedParts::of(*node.store), world).run();
}

void print(const char* what, int registrations, Seconds seconds, const client::SyncResult& result) {
    std::printf(
        "%-26s %6d registrations %7.2f s, processor %6.2f s, %6.0f registrations/s, pushed %lld,"
        " pulled %lld, %s\n",
        what, registrations, seconds.wall, seconds.processor, registrations / seconds.wall,
        static_cast<long long>(result.pushed), static_cast<long long>(result.pulled),
        result.failed ? result.failed->code.c_str() : "ok");
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    const int registrations = argc > 1 ? std::atoi(argv[1]) : 5000;
    Platform platform;
    platform::Server server(*platform.api, {});
    std::jthread serving([&] { server.run(); });
    const std::string address = "http://127.0.0.1:" + std::to_string(server.port());
    TestNode kiosk(platform, 1), desk(platform);
    kiosk.set_up(registrations);
    for (int student = 1; student <= registrations; ++student) kiosk.submitted(student);
    int exit_code = kiosk.enrol() && desk.enrol() ? 0 : 1;
    client::SyncResult there, back, again;
    const Seconds out = seconds_of([&] { there = sync_over_http(kiosk, address); });
    print("push and pull own feed", registrations, out, there);
    const Seconds in = seconds_of([&] { back = sync_over_http(desk, address); });
    print("new node pulls everything", registrations, in, back);
    const Seconds idle = seconds_of([&] { again = sync_over_http(kiosk, address); });
    print("a round with nothing to do", registrations, idle, again);
    if (there.failed || back.failed || there.rejected ||
        desk.store->registrations().count({}) != registrations)
        exit_code = 1;
    server.stop();
    return exit_code;
}
