// A school in simulation: some nodes (kiosks and desks), the platform, and the network between them, in one
// thread and virtual time. All parts are the programs' own; what is simulated is time, chance, disks, the
// network, and people. `draws.h` says what happens, `proofs.h` what must hold afterwards.
#pragma once

#include "data/store/store.h"
#include "sync/client/sync_step.h"
#include "sync/platform/api.h"
#include "tests/sim/disk.h"
#include "tests/sim/violation.h"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace wq::sim {

inline constexpr int kStudents = 2;  // few, so that acts collide

struct World;

// The world's time, as one machine has it.
class MachineClock final : public os::Clock {
  public:
    explicit MachineClock(const World& world) : world_(&world) {}
    Instant now() const override;
    std::int64_t steady_ms() const override;
    std::int64_t offset_ms = 0;

  private:
    const World* world_;
};

// The network as one node has it.
class Network final : public client::Transport {
  public:
    Network(World& world, int node) : world_(&world), node_(node) {}
    Result<protocol::Response> send(const protocol::Request& request) override;

  private:
    World* world_;
    int node_;
    std::map<std::string, protocol::Response> heard_;  // by path: what an old answer may be made of
};

// What a machine begins with.
struct Installed {
    Image image;
    std::shared_ptr<const crypto::FileSigner> signer;  // of a node
    Bytes seal;
};

struct Platform {
    Platform(World& world, std::filesystem::path folder, const Image& image);
    // Nothing where it died of it or is down.
    std::optional<protocol::Response> handle(const protocol::Request& request);
    bool is_up() const { return api != nullptr; }
    void start();
    void stop();
    // After its disk died: comes back with what the death left.
    void recover();

    World* world;
    Disk disk;
    MachineClock clock;
    Dice random;
    std::unique_ptr<platform::Registry> registry;
    std::unique_ptr<platform::Api> api;
    int starts = 0;
};

struct Node {
    Node(World& world, int number, std::filesystem::path folder, const Installed& installed,
         bool own_connection);
    // Opens the store, of which sync may have a connection of its own, as in the programs.
    void start();
    void stop();
    void recover();
    store::Store& syncing_store() { return synced ? *synced : *store; }
    client::Connection::World sync_world() { return {&network, signer.get(), &clock, &random}; }
    bool is_dead() const { return disk.is_dead(); }

    World* world;
    int number;
    Disk disk;
    MachineClock clock;
    Dice random;
    crypto::Sealer sealer;
    std::shared_ptr<const crypto::FileSigner> signer;
    Network network;
    bool own_connection;
    std::unique_ptr<store::Store> store, synced;
    bool is_syncing = false, is_online = true, is_enrolled = true;
    std::string enrol_code;  // waits to be used
    // What was answered "done" here: number and hash of the last event, and of each.
    std::map<std::int64_t, domain::Hash> acknowledged;
    std::set<Uuid> drafts;  // that were kept here
};

// An employer's act that the platform said was done.
struct PlatformAct {
    Uuid registration;
    std::int64_t revision = 0;
    std::string action;
};

struct World {
    // What happens is told to `story`, where there is one.
    World(const std::filesystem::path& folder, std::uint64_t seed, std::vector<std::string>* story);

    void add_nodes(int count);
    void tell(const std::function<std::string()>& line) {
        if (story) story->push_back(time_text() + line());
    }
    std::string time_text() const;

    // Runs what a node does at its gate: what was acknowledged is noted, a death is followed by a recovery, a
    // fault without a cause is a violation. `work` returns the code of a refusal, or nothing. True: done.
    bool attempt(Node& node, const std::string& what, const std::function<std::string()>& work);
    client::SyncResult sync(Node& node);
    // Something else happens meanwhile, perhaps.
    void interleave();
    void deliver_late();

    std::filesystem::path folder;
    Dice dice;
    std::int64_t now_ms;
    std::vector<std::string>* story;
    bool is_calm = false;  // nothing goes wrong any more
    int depth = 0;         // of things that happen while another waits
    Cut next_cut = Cut::any;
    bool loses_power = false;  // else a death is the process's

    std::unique_ptr<Platform> platform;
    std::vector<std::unique_ptr<Node>> nodes;
    std::vector<protocol::Request> late;  // on their way still
    std::vector<PlatformAct> platform_acts;
    std::vector<Uuid> invitations;
    std::set<Uuid> discarded;  // drafts, at whatever node
    // Verdicts and rows of the feed as they have once left the platform: they are final.
    std::map<std::pair<std::string, std::int64_t>, std::string> verdicts;
    std::map<std::int64_t, Bytes> rows;
};

// One schedule. Nothing, or what was broken (the story is its caller's to add).
struct Broken {
    std::string what;
    std::vector<std::string> story = {};
};
std::optional<Broken> run_schedule(const std::filesystem::path& folder, std::uint64_t seed,
                                   std::vector<std::string>* story);

}  // namespace wq::sim
