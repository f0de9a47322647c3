// What must hold of a school once all is quiet, whoever made it: the simulator's one thread, or processes
// that were killed. Each throws Violation.
#pragma once

#include "data/domain/event.h"
#include "data/store/store.h"
#include "sync/platform/registry.h"
#include "tests/sim/violation.h"

#include <map>
#include <string>
#include <vector>

namespace wq::sim {

struct Row {
    protocol::FeedEntry entry;
    domain::Event event;
};
using Records = std::map<Uuid, domain::Registration>;

// Gap-free from 1, its chain whole, and each row as it was told before (by number, those that are known).
std::vector<Row> proven_feed(platform::Registry& registry, const std::map<std::int64_t, Bytes>& told);
// Each node's events follow one another and stand there once.
void prove_chains(const std::vector<Row>& feed);
// What the accepted acts make of each record, one after the other, is what the platform has; and at no time
// has a student had two engagements.
Records proven_records(platform::Registry& registry, const std::vector<Row>& feed);
// A node has all of it, nothing waits, and what it lost by is kept. `whose` is for the words: " of node 1".
void prove_node(platform::Registry& registry, store::Store& store, const std::string& whose,
                const std::vector<Row>& feed, const Records& records);
void prove_audit(store::Store& store, const std::string& whose);

}  // namespace wq::sim
