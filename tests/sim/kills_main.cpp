// wq_sim_kills [KILLS [SEED]]: kill -9 of real processes with real files: of a node that acts and says on a
// pipe what was done, and of a platform while a node syncs with it over HTTP. What was said to be done is
// there, the chains are whole, and nobody has to begin anew.
#include "sync/client/enrol.h"
#include "sync/platform/server.h"
#include "tests/sim/dice.h"
#include "tests/sim/scratch.h"
#include "tests/sync/world.h"

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cinttypes>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace wq::sim {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void stop(const std::string& why) {
    std::printf("BROKEN: %s\n", why.c_str());
    std::fflush(stdout);
    std::_Exit(1);
}

void demand(bool holds, const std::string& what) {
    if (!holds) stop(what);
}

// A home on the disk, opened by one process after the other.
struct Home {
    explicit Home(fs::path folder, std::uint64_t seed)
        : path(std::move(folder)), random(seed), sealer(random.bytes(crypto::Sealer::kKeySize), random) {}
    std::unique_ptr<store::Store> open() {
        auto store = store::Store::open({path, &sealer, &clock, &random, &sync_test::codes()});
        if (!store) stop("a store does not open: " + store.error().code);
        return std::move(*store);
    }
    // Each process draws for itself, so that no id is drawn twice.
    void draw_anew(std::uint64_t seed) { random = Dice(seed); }

    fs::path path;
    os::SystemClock clock;
    Dice random;
    crypto::Sealer sealer;
};

void set_up(Home& home, const std::string& school) {
    const auto store = home.open();
    store->log().set_node({school, home.random.uuid(home.clock.now()), 1, 1});
    domain::Form settings{
        {"school_code", sync_test::kSchool}, {"school_name", "示例大学"}, {"cohort", "2027"}};
    (void)store->campus().change(settings, sync_test::office());
    std::vector<domain::Form> roster;
    for (int student = 1; student <= 3; ++student) roster.push_back(sync_test::graduate(student));
    store->graduates().import(roster, sync_test::office());
}

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
[[noreturn]] void act_for_ever(Home& home, int pipe) {
    const auto store = home.open();
    while (true) {
        act(*store, home.random);
        const store::ChainHead head = store->log().head();
        const Said said{head.number, head.hash};
        if (::write(pipe, &said, sizeof said) != sizeof said) std::_Exit(0);
    }
}

void wait_a_little(Dice& dice, std::int64_t from, std::int64_t to) {
    std::this_thread::sleep_for(std::chrono::microseconds(dice.between(from, to)));
}

// What the process said before it was killed.
std::vector<Said> run_and_kill(Home& home, Dice& dice) {
    int pipe[2];
    if (::pipe(pipe) != 0) stop("no pipe");
    home.draw_anew(dice.next());
    const pid_t job = ::fork();
    if (job == 0) {
        ::close(pipe[0]);
        act_for_ever(home, pipe[1]);
    }
    ::close(pipe[1]);
    wait_a_little(dice, 300, 9000);
    ::kill(job, SIGKILL);
    ::waitpid(job, nullptr, 0);
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
            set_up(*home, sync_test::kSchool);
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

platform::RegistryOptions options_of(const fs::path& home, const os::Clock& clock, crypto::Random& random) {
    platform::RegistryOptions options;
    options.home = home;
    options.clock = &clock;
    options.random = &random;
    options.codes = &sync_test::codes();
    return options;
}

// Serves until it is killed; tells its port.
[[noreturn]] void serve_for_ever(const fs::path& home, int pipe) {
    const os::SystemClock clock;
    crypto::SystemRandom random;
    platform::Registry registry(options_of(home, clock, random));
    platform::Api api(registry);
    platform::Server server(api, {});
    const std::uint16_t port = server.port();
    if (::write(pipe, &port, sizeof port) == sizeof port) server.run();
    std::_Exit(0);
}

struct Served {
    pid_t job = 0;
    std::uint16_t port = 0;
};

Served serve(const fs::path& home) {
    int pipe[2];
    if (::pipe(pipe) != 0) stop("no pipe");
    Served served;
    served.job = ::fork();
    if (served.job == 0) {
        ::close(pipe[0]);
        serve_for_ever(home, pipe[1]);
    }
    ::close(pipe[1]);
    demand(::read(pipe[0], &served.port, sizeof served.port) == sizeof served.port,
           "the platform does not come up again");
    ::close(pipe[0]);
    return served;
}

void kill_after(pid_t job, std::int64_t microseconds) {
    if (::fork() == 0) {
        std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
        ::kill(job, SIGKILL);
        std::_Exit(0);
    }
}

// A node acts and syncs while its platform is killed; with the next one it goes on where it was.
struct Office {
    Office(const fs::path& folder, Dice& dice)
        : platform(folder / "platform"),
          node(folder / "office", dice.next()),
          signer(crypto::FileSigner::generate(crypto::Algorithm::ed25519)) {
        set_up(node, "");
        std::string code;
        {
            crypto::SystemRandom random;
            platform::Registry registry(options_of(platform, node.clock, random));
            if (!registry.add_school(sync_test::kSchool, "示例大学")) stop("no school");
            code = registry.new_enrol_code(sync_test::kSchool).value();
        }
        const Served served = serve(platform);
        const auto store = node.open();
        client::HttpTransport transport("http://127.0.0.1:" + std::to_string(served.port));
        if (!client::enrol(store->log(), {&transport, &signer, &node.clock, &node.random}, code))
            stop("the node can't enrol");
        ::kill(served.job, SIGKILL);
        ::waitpid(served.job, nullptr, 0);
    }

    client::SyncResult sync(store::Store& store, std::uint16_t port) {
        client::HttpTransport transport("http://127.0.0.1:" + std::to_string(port));
        return client::SyncStep(client::SyncedParts::of(store),
                                {&transport, &signer, &node.clock, &node.random})
            .run();
    }

    void round(Dice& dice) {
        const auto store = node.open();
        for (std::int64_t acts = dice.between(1, 5); acts > 0; --acts) act(*store, node.random);
        const Served served = serve(platform);
        kill_after(served.job, dice.between(100, 25'000));
        while (true) {
            const client::SyncResult result = sync(*store, served.port);
            const bool is_cut = result.failed && (result.failed->code == "platform_unreachable" ||
                                                  result.failed->code == "platform_timeout");
            demand(!result.failed || is_cut, "after a kill the node can't sync: " +
                                                 (result.failed ? result.failed->code : std::string()));
            if (is_cut) break;
            act(*store, node.random);
        }
        ::waitpid(served.job, nullptr, 0);
        while (::waitpid(-1, nullptr, 0) > 0) continue;
    }

    void prove() {
        const auto store = node.open();
        const Served served = serve(platform);
        for (int i = 0; i < 3; ++i)
            demand(!sync(*store, served.port).failed, "the node can't sync in the end");
        ::kill(served.job, SIGKILL);
        ::waitpid(served.job, nullptr, 0);
        crypto::SystemRandom random;
        platform::Registry registry(options_of(platform, node.clock, random));
        const auto feed = registry.events(sync_test::kSchool);
        std::int64_t number = 0;
        for (const platform::EventLine& line : feed)
            demand(line.event && line.event->number == ++number, "the feed lacks an act");
        demand(number == store->log().head().number && store->log().outbox().waiting == 0,
               "an act is missing on the platform");
        demand(store->feed().cursor() == static_cast<std::int64_t>(feed.size()), "the node is behind");
        demand(store->audit().is_whole() && store->pictures().to_send().empty(), "the node is not whole");
    }

    fs::path platform;
    Home node;
    crypto::FileSigner signer;
};

std::int64_t kill_platforms(const fs::path& folder, std::int64_t kills, Dice& dice) {
    Office office(folder, dice);
    for (std::int64_t i = 0; i < kills; ++i) office.round(dice);
    office.prove();
    return office.node.open()->log().head().number;
}

}  // namespace

}  // namespace wq::sim

int main(int count, char** words) {
    const std::int64_t kills = count > 1 ? std::atoll(words[1]) : 2000;
    wq::sim::Dice dice(count > 2 ? std::strtoull(words[2], nullptr, 10) : 1);
    const wq::sim::Scratch scratch;
    const auto begun = std::chrono::steady_clock::now();
    const std::int64_t of_platform = kills / 10;
    const std::int64_t said = wq::sim::kill_nodes(scratch.path(), kills - of_platform, dice);
    const std::int64_t pushed = wq::sim::kill_platforms(scratch.path(), of_platform, dice);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    std::printf("%" PRId64 " kills of nodes, %" PRId64 " acts acknowledged, none missing\n",
                kills - of_platform, said);
    std::printf("%" PRId64 " kills of platforms, %" PRId64 " acts pushed, each once; %.1f s\n", of_platform,
                pushed, took.count());
    return 0;
}
