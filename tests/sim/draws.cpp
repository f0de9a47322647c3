#include "tests/sim/draws.h"

#include "tests/sync/world.h"

namespace wq::sim {

namespace {

Node* any_node(World& world) {
    std::vector<Node*> alive;
    for (const auto& node : world.nodes)
        if (!node->is_dead() && node->store) alive.push_back(node.get());
    return alive.empty() ? nullptr : world.dice.pick(alive);
}

void time_passes(World& world) {
    constexpr std::int64_t kSpans[] = {kMinute, 60 * kMinute, 9 * 60 * kMinute, kDay, 12 * kDay};
    world.now_ms += world.dice.between(1, world.dice.pick(kSpans));
    world.tell([] { return std::string("time passes"); });
}

void clock_jumps(World& world, Node& node) {
    constexpr std::int64_t kJumps[] = {0,    0,    5 * kMinute, -5 * kMinute, 60 * kMinute, -60 * kMinute,
                                       kDay, -kDay};
    node.clock.offset_ms = world.dice.pick(kJumps);
    world.tell([&] {
        return "node " + std::to_string(node.number) + ": its clock is off by " +
               std::to_string(node.clock.offset_ms / 1000) + " s";
    });
}

// A node or the platform will die at one of its next writes, or its disk will fail for a while.
void trouble_ahead(World& world, Disk& disk, const std::string& whose) {
    const std::int64_t at = world.dice.between(1, 60);
    if (world.dice.chance(60)) {
        disk.die_at(at);
    } else {
        disk.trouble_at(at, world.dice.chance(50) ? Trouble::full : Trouble::broken,
                        world.dice.between(1, 30));
    }
    world.loses_power = world.dice.chance(60);
    world.next_cut = world.dice.pick(kCuts);
    world.tell([&] { return whose + ": trouble ahead, at write " + std::to_string(at); });
}

void restart(World& world, Node& node) {
    if (node.is_syncing) return;
    node.stop();
    world.tell([&] { return "node " + std::to_string(node.number) + ": is closed and opened"; });
    if (!node.disk.is_dead()) try {
            node.start();
        } catch (const Fault&) {
            if (!node.disk.is_dead() && !node.disk.was_troubled()) throw;
        }
    if (node.is_dead() || !node.store) node.recover();
}

void platform_comes_or_goes(World& world) {
    Platform& platform = *world.platform;
    if (platform.is_up()) {
        platform.stop();
        world.tell([] { return std::string("platform: is stopped"); });
        if (world.dice.chance(50)) return;
    }
    platform.recover();
}

void something_goes_wrong(World& world) {
    Node* node = any_node(world);
    switch (world.dice.between(1, 7)) {
        case 1:
            return platform_comes_or_goes(world);
        case 2:
            return trouble_ahead(world, world.platform->disk, "platform");
        case 3:
        case 4:
            if (node) trouble_ahead(world, node->disk, "node " + std::to_string(node->number));
            return;
        case 5:
            if (node) clock_jumps(world, *node);
            return;
        case 6:
            if (node) node->is_online = !node->is_online;
            return;
        default:
            if (node) restart(world, *node);
    }
}

}  // namespace

void draw(World& world) {
    const std::int64_t what = world.dice.between(1, 100);
    Node* node = any_node(world);
    if (what <= 55) {
        if (node && node->is_enrolled) act_at(world, *node);
    } else if (what <= 63) {
        act_on_platform(world);
    } else if (what <= 83) {
        if (node && !node->is_syncing) world.sync(*node);
    } else if (what <= 88) {
        time_passes(world);
    } else if (what <= 92) {
        world.deliver_late();
    } else {
        something_goes_wrong(world);
    }
}

}  // namespace wq::sim
