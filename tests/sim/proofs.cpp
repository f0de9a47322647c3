#include "tests/sim/proofs.h"

#include "sync/protocol/messages.h"
#include "tests/sim/rows.h"
#include "tests/sim/school_proofs.h"
#include "tests/sync/world.h"

#include <algorithm>

namespace wq::sim {

namespace {

// Every act that was answered "done" is there with a verdict, and with the one that was told.
void prove_acknowledged(World& world, const std::vector<Row>& feed) {
    std::map<std::pair<Uuid, std::int64_t>, const Row*> rows;
    for (const Row& row : feed) rows[{row.event.device, row.event.number}] = &row;
    for (const auto& node : world.nodes) {
        const Uuid device = node->store->log().node().device;
        for (const auto& [number, hash] : node->acknowledged) {
            const auto at = rows.find({device, number});
            demand(at != rows.end() && protocol::event_hash(at->second->entry.event) == hash,
                   "event " + std::to_string(number) + " of node " + std::to_string(node->number) +
                       " was acknowledged and is not in the feed");
        }
    }
    for (const Row& row : feed) {
        const auto told = world.verdicts.find(
            {to_text(row.event.device) + "/" + std::to_string(row.event.epoch), row.event.number});
        demand(told == world.verdicts.end() || told->second == row.entry.verdict + " " + row.entry.why.code,
               "row " + std::to_string(row.entry.feed) + " has another verdict than was told");
    }
    for (const PlatformAct& act : world.platform_acts) {
        const auto is_it = [&](const Row& row) {
            return row.event.registration == act.registration &&
                   row.event.expected_revision + 1 == act.revision && row.entry.verdict == "accepted" &&
                   row.event.body["action"].as_text() == act.action;
        };
        demand(std::ranges::any_of(feed, is_it),
               "the employer's " + act.action + " was done and is not in the feed");
    }
}

std::string name_of(const Node& node) { return " of node " + std::to_string(node.number); }

void prove_drafts(World& world, Node& node) {
    for (const Uuid& id : node.drafts)
        demand(world.discarded.contains(id) || node.store->drafts().find(id),
               "draft " + to_text(id) + name_of(node) + " is gone");
}

}  // namespace

void prove_all(World& world) {
    const auto feed = proven_feed(*world.platform->registry, world.rows);
    prove_chains(feed);
    prove_acknowledged(world, feed);
    const auto records = proven_records(*world.platform->registry, feed);
    for (const auto& node : world.nodes) {
        prove_node(*world.platform->registry, *node->store, name_of(*node), feed, records);
        prove_drafts(world, *node);
    }
    const std::string rows = rows_of(*world.nodes.front()->store);
    for (const auto& node : world.nodes) {
        const std::string others = rows_of(*node->store);
        demand(others == rows,
               "nodes 0 and " + std::to_string(node->number) + " differ: " + difference(rows, others));
    }
    const std::string at_platform = rows_of_platform(*world.platform);
    const std::string at_node = rows_as_platform(*world.nodes.front()->store);
    demand(at_platform == at_node, "platform and nodes differ: " + difference(at_platform, at_node));
    if (!world.dice.chance(50)) return;
    const Node& audited = *world.dice.pick(world.nodes);
    prove_audit(*audited.store, name_of(audited));
}

}  // namespace wq::sim
