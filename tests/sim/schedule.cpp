// One schedule: a world drawn from a seed, some dozens of things that happen in it, quiet, and the proofs.
#include "data/os/files.h"
#include "tests/sim/campus.h"
#include "tests/sim/draws.h"
#include "tests/sim/proofs.h"
#include "tests/sync/world.h"

namespace wq::sim {

namespace {

namespace fs = std::filesystem;

constexpr int kRoundsToQuiet = 8;

fs::path folder_of(const World& world, const std::string& machine) { return world.folder / machine; }

// Pictures of the schedule before; keys stay.
void clear(const fs::path& home) {
    for (const char* part : {"pictures", "blobs", "uploads"}) fs::remove_all(home / part);
}

void make_platform(World& world) {
    const Campus& made = campus(world.folder);
    const fs::path home = folder_of(world, "platform");
    clear(home);
    world.platform = std::make_unique<Platform>(world, home, made.platform);
    world.platform->start();
}

void make_nodes(World& world) {
    const Campus& made = campus(world.folder);
    const int count = static_cast<int>(world.dice.between(2, kNodes));
    for (int number = 0; number <= count; ++number) {
        const bool is_newcomer = number == count;
        if (is_newcomer && !world.dice.chance(20)) break;
        const fs::path home = folder_of(world, is_newcomer ? "newcomer" : "node" + std::to_string(number));
        clear(home);
        world.nodes.push_back(std::make_unique<Node>(
            world, number, home, is_newcomer ? made.newcomer : made.nodes[static_cast<std::size_t>(number)],
            world.dice.chance(50)));
        Node& node = *world.nodes.back();
        node.is_enrolled = !is_newcomer;
        if (is_newcomer)
            node.enrol_code = world.platform->registry->new_enrol_code(sync_test::kSchool).value();
        node.start();
    }
}

// Nothing goes wrong any more: what was broken comes back, what was on its way arrives.
void calm_down(World& world) {
    world.is_calm = true;
    world.tell([] { return std::string("—— quiet ——"); });
    world.platform->disk.calm();
    world.platform->recover();
    for (const auto& node : world.nodes) {
        node->disk.calm();
        node->is_online = true;
        node->recover();
        // A code lasts 15 minutes; an operator makes another.
        if (!node->is_enrolled)
            node->enrol_code = world.platform->registry->new_enrol_code(sync_test::kSchool).value();
    }
    world.deliver_late();
}

bool sync_all(World& world) {
    bool is_quiet = true;
    for (const auto& node : world.nodes) {
        const client::SyncResult result = world.sync(*node);
        if (result.failed)
            throw Violation("node " + std::to_string(node->number) +
                            " can't sync though all is well: " + result.failed->code);
        is_quiet = is_quiet && result.pushed + result.pulled + result.pictures_sent +
                                       result.pictures_fetched + result.pictures_left ==
                                   0;
    }
    return is_quiet;
}

void until_quiet(World& world) {
    for (int round = 0; round < kRoundsToQuiet; ++round)
        if (sync_all(world)) return;
    throw Violation("the nodes don't come to rest");
}

void run(World& world) {
    make_platform(world);
    make_nodes(world);
    for (std::int64_t left = world.dice.between(15, 45); left > 0; --left) {
        world.now_ms += world.dice.between(1, 60'000);
        draw(world);
    }
    calm_down(world);
    until_quiet(world);
    prove_all(world);
}

}  // namespace

std::optional<Broken> run_schedule(const fs::path& folder, std::uint64_t seed,
                                   std::vector<std::string>* story) {
    campus(folder);
    World world(folder, seed, story);
    try {
        run(world);
        return std::nullopt;
    } catch (const std::exception& broken) {
        world.tell([&] { return std::string("broken: ") + broken.what(); });
        return Broken{broken.what()};
    }
}

}  // namespace wq::sim
