// Real processes with real files, that are killed: what the suites of kills share. What they share with each
// other but files is one number in memory, and what is to survive stands in a file (journal.h).
#pragma once

#include "data/os/clock.h"
#include "data/store/store.h"
#include "sync/client/sync_step.h"
#include "sync/platform/registry.h"
#include "tests/sim/dice.h"

#include <sys/types.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace wq::sim {

// A process that does `work`; it dies with its parent. What it throws is printed, and its status is 1.
pid_t begin_process(const std::function<void()>& work);
// Both throw Violation where it ended by a fault of its own.
void kill_process(pid_t job);
void await_end(pid_t job);
void wait_a_little(Dice& dice, std::int64_t from_us, std::int64_t to_us);

// One value in memory that all processes begun afterwards see, too.
class SharedNumber {
  public:
    SharedNumber();
    ~SharedNumber();
    SharedNumber(const SharedNumber&) = delete;
    SharedNumber& operator=(const SharedNumber&) = delete;
    std::atomic<int>& operator*() const { return *value_; }

  private:
    std::atomic<int>* value_;
};

// A node's home on the disk, opened by one process after the other.
struct Home {
    Home(std::filesystem::path folder, std::uint64_t seed);
    std::unique_ptr<store::Store> open();
    // Each process draws for itself, so that no id is drawn twice.
    void draw_anew(std::uint64_t seed) { random = Dice(seed); }

    std::filesystem::path path;
    os::SystemClock clock;
    Dice random;
    crypto::Sealer sealer;
};

// The campus with three graduates, said by the office of the node with number 1.
void set_up(Home& home);

// Whether a round ended for no other reason than that a platform died.
bool is_cut(const Refusal& refusal);

// One program of a platform: its home's folder, and the address of a database (empty: the home's file).
class Instance {
  public:
    Instance(std::filesystem::path home, std::string database)
        : home_(std::move(home)), database_(std::move(database)) {}
    ~Instance();  // kills it
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    // For this process, to look at while nobody serves or beside those who do.
    std::unique_ptr<platform::Registry> registry(crypto::Random& random) const;

    void start();  // returns before it is up: it may be killed on its way
    void await_up() const;
    void kill();
    void kill_after(std::int64_t microseconds);  // and await_killed()
    void await_killed();
    int port() const { return *port_; }  // 0: not up

  private:
    void serve() const;
    std::filesystem::path home_;
    std::string database_;
    os::SystemClock clock_;
    SharedNumber port_;
    pid_t job_ = 0, killer_ = 0;
};

}  // namespace wq::sim
