// wq_sim_kills [KILLS [SEED]]: kill -9 of real processes with real files: of a node that acts and says on a
// pipe what was done, and of a platform while a node syncs with it over HTTP. What was said to be done is
// there, the chains are whole, and nobody has to begin anew. Beside a PostgreSQL (tests/sync/with_postgres):
// of two instances on it instead, kills_instances.h.
#include "sync/client/enrol.h"
#include "tests/sim/kills_instances.h"
#include "tests/sim/processes.h"
#include "tests/sim/scratch.h"
#include "tests/sim/violation.h"
#include "tests/sync/world.h"

#include <unistd.h>

#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>

namespace wq::sim {

namespace {

namespace fs = std::filesystem;

void change_roster(store::Store& store, Dice& dice) {
    const auto student = static_cast<int>(dice.between(1, 3));
    domain::Form base = sync_test::graduate(student);
    base["major"] = "专业" + std::to_string(dice.between(1, 1'000'000'000));
    store.graduates().import({base}, sync_test::office());
}

void keep_warning(store::Store& store, Dice& dice) {
    const auto picture = store.pictures().keep(dice.bytes(2000), "image/png");
    if (!picture) return;
    (void)store.warnings().mark({"91510107MAA31L7A7C",
                                 "云杉",
                                 "1",
                                 "宣传不实",
                                 {{"evidence", picture->hash, picture->size, "image/png"}}},
                                sync_test::office());
}

void act(store::Store& store, Dice& dice) {
    dice.chance(80) ? change_roster(store, dice) : keep_warning(store, dice);
}

struct Said {
    std::int64_t number = 0;
    domain::Hash hash{};
};

// Acts until it is killed; says each act that is done.
void act_for_ever(Home& home, int pipe) {
    const auto store = home.open();
    while (true) {
        act(*store, home.random);
        const store::ChainHead head = store->log().head();
        const Said said{head.number, head.hash};
        if (::write(pipe, &said, sizeof said) != sizeof said) return;
    }
}

// What the process said before it was killed.
std::vector<Said> run_and_kill(Home& home, Dice& dice) {
    int pipe[2];
    demand(::pipe(pipe) == 0, "no pipe");
    home.draw_anew(dice.next());
    const pid_t job = begin_process([&] {
        ::close(pipe[0]);
        act_for_ever(home, pipe[1]);
    });
    ::close(pipe[1]);
    wait_a_little(dice, 300, 9000);
    kill_process(job);
    std::vector<Said> all;
    for (Said said; ::read(pipe[0], &said, sizeof said) == sizeof said;) all.push_back(said);
    ::close(pipe[0]);
    return all;
}

std::int64_t kill_nodes(const fs::path& folder, std::int64_t kills, Dice& dice) {
    constexpr std::int64_t kOfOneHome = 100;
    std::int64_t acknowledged = 0;
    std::unique_ptr<Home> home;
    for (std::int64_t i = 0; i < kills; ++i) {
        if (i % kOfOneHome == 0) {
            home = std::make_unique<Home>(folder / ("node" + std::to_string(i)), dice.next());
            set_up(*home);
        }
        const auto said = run_and_kill(*home, dice);
        home->draw_anew(dice.next());
        const auto store = home->open();
        for (const Said& one : said)
            demand(store->log().hash_at(one.number) == one.hash, "act " + std::to_string(one.number) +
                                                                     " was done and is gone, after kill " +
                                                                     std::to_string(i));
        acknowledged += static_cast<std::int64_t>(said.size());
        if ((i + 1) % kOfOneHome == 0) demand(store->audit().is_whole(), "the audit finds a fault");
    }
    return acknowledged;
}

// A node acts and syncs while its platform is killed; with the next one it goes on where it was.
struct Office {
    Office(const fs::path& folder, Dice& dice)
        : platform(folder / "platform", ""),
          node(folder / "office", dice.next()),
          signer(crypto::FileSigner::generate(crypto::Algorithm::ed25519)) {
        set_up(node);
        const std::string code = new_code();
        platform.start();
        platform.await_up();
        const auto store = node.open();
        client::HttpTransport transport(address());
        demand(
            client::enrol(store->log(), {&transport, &signer, &node.clock, &node.random}, code).has_value(),
            "the node can't enrol");
        platform.kill();
    }

    std::string new_code() {
        crypto::SystemRandom random;
        const auto registry = platform.registry(random);
        demand(registry->add_school(sync_test::kSchool, "示例大学").has_value(), "no school");
        return registry->new_enrol_code(sync_test::kSchool).value();
    }

    std::string address() const { return "http://127.0.0.1:" + std::to_string(platform.port()); }

    client::SyncResult sync(store::Store& store) {
        client::HttpTransport transport(address());
        return client::SyncStep(client::SyncedParts::of(store),
                                {&transport, &signer, &node.clock, &node.random})
            .run();
    }

    void round(Dice& dice) {
        const auto store = node.open();
        for (std::int64_t acts = dice.between(1, 5); acts > 0; --acts) act(*store, node.random);
        platform.start();
        platform.await_up();
        platform.kill_after(dice.between(100, 25'000));
        while (true) {
            const client::SyncResult result = sync(*store);
            demand(
                !result.failed || is_cut(*result.failed),
                "after a kill the node can't sync: " + (result.failed ? result.failed->code : std::string()));
            if (result.failed) break;
            act(*store, node.random);
        }
        platform.await_killed();
    }

    void prove() {
        const auto store = node.open();
        platform.start();
        platform.await_up();
        for (int i = 0; i < 3; ++i) demand(!sync(*store).failed, "the node can't sync in the end");
        platform.kill();
        crypto::SystemRandom random;
        const auto feed = platform.registry(random)->events(sync_test::kSchool);
        std::int64_t number = 0;
        for (const platform::EventLine& line : feed)
            demand(line.event && line.event->number == ++number, "the feed lacks an act");
        demand(number == store->log().head().number && store->log().outbox().waiting == 0,
               "an act is missing on the platform");
        demand(store->feed().cursor() == static_cast<std::int64_t>(feed.size()), "the node is behind");
        demand(store->audit().is_whole() && store->pictures().to_send().empty(), "the node is not whole");
    }

    Instance platform;
    Home node;
    crypto::FileSigner signer;
};

std::int64_t kill_platforms(const fs::path& folder, std::int64_t kills, Dice& dice) {
    Office office(folder, dice);
    for (std::int64_t i = 0; i < kills; ++i) office.round(dice);
    office.prove();
    return office.node.open()->log().head().number;
}

void kill_nodes_and_platforms(const fs::path& folder, std::int64_t kills, Dice& dice) {
    const std::int64_t of_platform = kills / 10;
    const std::int64_t said = kill_nodes(folder, kills - of_platform, dice);
    const std::int64_t pushed = kill_platforms(folder, of_platform, dice);
    std::printf("%" PRId64 " kills of nodes, %" PRId64 " acts acknowledged, none missing\n",
                kills - of_platform, said);
    std::printf("%" PRId64 " kills of platforms, %" PRId64 " acts pushed, each once\n", of_platform, pushed);
}

void kill_two_instances(const fs::path& folder, std::int64_t kills, Dice& dice) {
    const Killed killed = kill_instances(folder, kills, dice);
    std::printf("%" PRId64 " kills of one of two instances, %" PRId64 " of both, %" PRId64
                " of nodes and operators\n%" PRId64 " acts, each once; %" PRId64 " of them lost, %" PRId64
                " to another engagement\n",
                killed.of_instances, killed.of_both, killed.of_others, killed.acts, killed.rejected,
                killed.engaged);
    // Else nothing was at stake.
    demand(kills < 100 || killed.rejected > 0, "no two acts ever met");
}

}  // namespace

}  // namespace wq::sim

int main(int count, char** words) {
    const bool on_server = wq::sync_test::is_on_server();
    const std::int64_t kills = count > 1 ? std::atoll(words[1]) : on_server ? 120 : 2000;
    wq::sim::Dice dice(count > 2 ? std::strtoull(words[2], nullptr, 10) : 1);
    const wq::sim::Scratch scratch;
    const auto begun = std::chrono::steady_clock::now();
    try {
        (on_server ? wq::sim::kill_two_instances : wq::sim::kill_nodes_and_platforms)(scratch.path(), kills,
                                                                                      dice);
    } catch (const std::exception& broken) {
        std::printf("BROKEN: %s\n", broken.what());
        return 1;
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    std::printf("%.1f s\n", took.count());
    return 0;
}
