// The worker: acts cross by themselves, failures are noted and waited out, too large batches are halved.
#include "sync/client/worker.h"

#include "tests/sync/world.h"

#include <boost/test/unit_test.hpp>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <functional>

namespace wq::sync_test {

namespace {

// Something between a node and its platform that may answer by itself.
class Between final : public client::Transport {
  public:
    using Answer = std::function<std::optional<protocol::Response>(const protocol::Request&)>;
    Between(Platform& platform, Answer answer) : loop_(platform), answer_(std::move(answer)) {}
    Result<protocol::Response> send(const protocol::Request& request) override {
        if (auto own = answer_(request)) return *own;
        return loop_.send(request);
    }

  private:
    LoopTransport loop_;
    Answer answer_;
};

client::SyncResult round_over(TestNode& node, Between::Answer answer) {
    Between between(*node.platform, std::move(answer));
    client::Connection::World world = node.world();
    world.transport = &between;
    return client::SyncStep(client::SyncedParts::of(*node.store), world).run();
}

// A worker with a store of its own on the node's home.
struct Working {
    explicit Working(TestNode& of)
        : node(&of), worker({[this](const client::Interrupt&) { return open(); }, {}, {}}) {
        worker.start();
    }
    Result<client::Post> open() {
        std::shared_ptr<store::Store> store =
            store::Store::open({node->folder.path(), &node->sealer, &node->clock, &node->random, &codes()})
                .value();
        return client::Post{store, store.get(), node->world(), {}};
    }
    TestNode* node;
    client::Worker worker;
};

template <class Done>
double seconds_until(Done done) {
    const auto begun = std::chrono::steady_clock::now();
    const auto passed = [&] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    };
    while (!done() && passed() < 20) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return passed();
}

Between::Answer too_large(std::size_t most) {
    return [most](const protocol::Request& request) {
        return request.body.size() > most ? std::optional(protocol::Response{413, {}, "text/html", {}})
                                          : std::nullopt;
    };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(worker)

BOOST_AUTO_TEST_CASE(an_act_is_on_every_other_node_within_two_seconds) {
    Platform platform;
    TestNode one(platform, 1), other(platform);
    one.set_up(3);
    BOOST_REQUIRE(one.enrol());
    one.sync();
    BOOST_REQUIRE(other.enrol());
    const Working first(one), second(other);
    BOOST_TEST(seconds_until([&] { return other.store->graduates().count() == 3; }) < 5);
    const Uuid id = one.submitted(1);
    BOOST_TEST(seconds_until([&] { return other.record(id).has_value(); }) < 2);
    BOOST_REQUIRE(other.pass(id));
    const auto is_approved = [&] { return one.record(id)->state == domain::State::approved; };
    BOOST_TEST(seconds_until(is_approved) < 2);
}

BOOST_AUTO_TEST_CASE(stopping_does_not_wait_for_a_platform_that_says_nothing) {
    const int silent = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    BOOST_REQUIRE(::bind(silent, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    BOOST_REQUIRE(::listen(silent, 8) == 0);
    socklen_t length = sizeof address;
    ::getsockname(silent, reinterpret_cast<sockaddr*>(&address), &length);
    Platform platform;
    TestNode node(platform, 1);
    node.set_up(1);
    BOOST_REQUIRE(node.enrol());
    client::HttpTransport transport("http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)));
    bool opened = false;
    client::Worker worker({[&](const client::Interrupt& gives_up) -> Result<client::Post> {
                               transport.set_interrupt(gives_up);
                               client::Connection::World world = node.world();
                               world.transport = &transport;
                               opened = true;
                               return client::Post{nullptr, node.store.get(), world, {}};
                           },
                           {},
                           {}});
    worker.start();
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    BOOST_TEST(seconds_until([&] { return worker.stop(), true; }) < 1);
    BOOST_TEST(opened);
    ::close(silent);
}

BOOST_AUTO_TEST_CASE(a_busy_platform_is_told_apart_and_says_when_to_come_again) {
    Platform platform;
    TestNode node(platform, 1);
    node.set_up(1);
    BOOST_REQUIRE(node.enrol());
    for (int status : {429, 503}) {
        const auto result = round_over(node, [&](const auto&) {
            return protocol::Response{status, {}, "text/html", {{"retry-after", "90"}}};
        });
        BOOST_TEST(result.failed->code == "platform_busy");
        BOOST_TEST((result.failed->args == Args{{"seconds", "90"}}));
    }
    BOOST_TEST(node.store->log().note(client::note::kFailingSince) == to_iso(node.clock.now()));
    BOOST_TEST(!node.sync().failed);
    BOOST_TEST(node.store->log().note(client::note::kFailingSince) == "");
}

BOOST_AUTO_TEST_CASE(the_worker_waits_as_long_as_the_platform_asks) {
    Platform platform;
    TestNode node(platform, 1);
    node.set_up(1);
    BOOST_REQUIRE(node.enrol());
    int calls = 0;
    Between busy(platform, [&](const auto&) {
        ++calls;
        return protocol::Response{503, {}, "text/html", {{"retry-after", "600"}}};
    });
    client::Connection::World world = node.world();
    world.transport = &busy;
    {
        client::Worker worker({[&](const auto&) -> Result<client::Post> {
                                   return client::Post{nullptr, node.store.get(), world, {}};
                               },
                               {},
                               {}});
        worker.start();
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
    }
    BOOST_TEST(calls == 1);
    const auto next = instant_from_iso(node.store->log().note(client::note::kNextTry));
    BOOST_TEST(next->ms >= node.clock.now().ms + 600 * kSecond);
}

BOOST_AUTO_TEST_CASE(a_batch_that_is_too_large_is_halved_until_it_passes) {
    Platform platform;
    TestNode node(platform, 1);
    node.set_up(20);
    for (int student = 1; student <= 20; ++student) node.submitted(student);
    BOOST_REQUIRE(node.enrol());
    const auto result = round_over(node, too_large(7'000));
    BOOST_TEST(!result.failed);
    BOOST_TEST(result.accepted == 42);
}

BOOST_AUTO_TEST_CASE(an_event_that_is_too_large_alone_is_set_aside_and_the_rest_goes_on) {
    Platform platform;
    TestNode node(platform, 1);
    node.set_up(1);
    const Uuid large = node.random.uuid(node.clock.now());
    domain::Command command;
    command.actor = {domain::Role::student, exam_number(1)};
    command.form = good_form();
    for (int i = 0; i < 900; ++i) command.form["supplement"] += "约";
    BOOST_REQUIRE(node.store->graduates().confirm(exam_number(1)));
    BOOST_REQUIRE(node.store->registrations().begin(large, domain::Kind::offline, exam_number(1), command));
    node.set_up(3);
    const Uuid small = node.submitted(2);
    BOOST_REQUIRE(node.enrol());
    const auto result = round_over(node, too_large(3'000));
    BOOST_TEST(!result.failed);
    BOOST_TEST(are_equal(node, small));
    BOOST_TEST(!node.record(large));
    const auto conflicts = node.store->feed().conflicts();
    BOOST_REQUIRE(conflicts.size() == 1u);
    BOOST_TEST(conflicts[0].code == "event_too_large");
    BOOST_TEST(node.store->feed().conflicting(conflicts[0].event).has_value());
    BOOST_TEST(node.store->log().outbox().waiting == 0);
    for (const auto& fault : node.store->audit().faults) BOOST_ERROR(fault.where + ": " + fault.what);
    BOOST_TEST(!node.sync().failed);
}

BOOST_AUTO_TEST_CASE(each_device_has_its_own_moment_of_the_night) {
    crypto::SystemRandom random;
    const client::Schedule schedule;
    const Instant evening{midnight_in_china({2026, 11, 23}).ms + 20 * 60 * kMinute};
    std::int64_t earliest = kDay, latest = 0;
    for (int i = 0; i < 300; ++i) {
        const Uuid device = random.uuid(evening);
        const Instant night = client::next_night(schedule, device, evening);
        const std::int64_t of_day = night.ms - midnight_in_china({2026, 11, 24}).ms;
        earliest = std::min(earliest, of_day);
        latest = std::max(latest, of_day);
        BOOST_TEST((client::next_night(schedule, device, night).ms == night.ms + kDay));
    }
    BOOST_TEST(earliest >= schedule.night);
    BOOST_TEST(latest < schedule.night + schedule.night_length);
    BOOST_TEST(latest - earliest > schedule.night_length / 2);
    BOOST_TEST(*client::time_of_day("02:30") == 150 * kMinute);
    for (const char* wrong : {"", "2:30", "24:00", "12:60", "ab:cd", "02:301"})
        BOOST_TEST(!client::time_of_day(wrong));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace wq::sync_test
