#include "tests/sim/processes.h"

#include "sync/platform/server.h"
#include "tests/sim/violation.h"
#include "tests/sync/world.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <new>
#include <thread>
#include <utility>

namespace wq::sim {

namespace {

int status_of(pid_t job) {
    int status = 0;
    while (::waitpid(job, &status, 0) < 0 && errno == EINTR) continue;
    return status;
}

}  // namespace

pid_t begin_process(const std::function<void()>& work) {
    std::fflush(stdout);
    const pid_t job = ::fork();
    demand(job >= 0, "no process");
    if (job > 0) return job;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    int status = 0;
    try {
        work();
    } catch (const std::exception& fault) {
        std::printf("%s\n", fault.what());
        status = 1;
    }
    std::fflush(stdout);
    std::_Exit(status);
}

void kill_process(pid_t job) {
    ::kill(job, SIGKILL);
    const int status = status_of(job);
    demand(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "a process had ended before it was killed");
}

void await_end(pid_t job) {
    const int status = status_of(job);
    demand(WIFEXITED(status) && WEXITSTATUS(status) == 0, "a process ended by a fault");
}

void wait_a_little(Dice& dice, std::int64_t from_us, std::int64_t to_us) {
    std::this_thread::sleep_for(std::chrono::microseconds(dice.between(from_us, to_us)));
}

SharedNumber::SharedNumber() {
    void* memory = ::mmap(nullptr, sizeof *value_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw Fault("no memory to share");
    value_ = new (memory) std::atomic<int>(0);
}

SharedNumber::~SharedNumber() { ::munmap(value_, sizeof *value_); }

Home::Home(std::filesystem::path folder, std::uint64_t seed)
    : path(std::move(folder)), random(seed), sealer(random.bytes(crypto::Sealer::kKeySize), random) {}

std::unique_ptr<store::Store> Home::open() {
    auto store = store::Store::open({path, &sealer, &clock, &random, &sync_test::codes()});
    demand(store.has_value(), "a store does not open: " + (store ? "" : store.error().code));
    return std::move(*store);
}

void set_up(Home& home) {
    const auto store = home.open();
    store->log().set_node({sync_test::kSchool, home.random.uuid(home.clock.now()), 1, 1});
    domain::Form settings{
        {"school_code", sync_test::kSchool}, {"school_name", "示例大学"}, {"cohort", "2027"}};
    (void)store->campus().change(settings, sync_test::office());
    std::vector<domain::Form> roster;
    for (int student = 1; student <= 3; ++student) roster.push_back(sync_test::graduate(student));
    store->graduates().import(roster, sync_test::office());
}

bool is_cut(const Refusal& refusal) {
    return refusal.code == "platform_unreachable" || refusal.code == "platform_timeout";
}

std::unique_ptr<platform::Registry> Instance::registry(crypto::Random& random) const {
    return std::make_unique<platform::Registry>(
        platform::RegistryOptions{home_, &clock_, &random, &sync_test::codes(), database_});
}

void Instance::serve() const {
    crypto::SystemRandom random;
    const auto its = registry(random);
    platform::Api api(*its);
    platform::Server server(api, {});
    *port_ = server.port();
    server.run();
}

void Instance::start() {
    *port_ = 0;
    job_ = begin_process([this] { serve(); });
}

void Instance::await_up() const {
    for (int wait = 0; port() == 0; ++wait) {
        demand(wait < 10'000, "a platform does not come up again");
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

void Instance::kill() { kill_process(std::exchange(job_, 0)); }

Instance::~Instance() {
    if (job_ > 0) ::kill(job_, SIGKILL);
}

void Instance::kill_after(std::int64_t microseconds) {
    killer_ = begin_process([this, microseconds] {
        std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
        ::kill(job_, SIGKILL);
    });
}

void Instance::await_killed() {
    await_end(killer_);
    kill();
}

}  // namespace wq::sim
