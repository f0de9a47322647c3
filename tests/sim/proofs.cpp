#include "tests/sim/proofs.h"

#include "data/crypto/hash.h"
#include "sync/protocol/messages.h"
#include "tests/sim/rows.h"
#include "tests/sync/world.h"

#include <algorithm>
#include <utility>

namespace wq::sim {

namespace {

using domain::Event, domain::Registration;

struct Row {
    protocol::FeedEntry entry;
    Event event;
};

void demand(bool holds, const std::string& what) {
    if (!holds) throw Violation(what);
}

// Gap-free from 1, its chain whole, and each row as it was told before.
std::vector<Row> proven_feed(World& world) {
    std::vector<Row> feed;
    domain::Hash chain{};
    for (std::int64_t after = 0;;) {
        const auto page = world.platform->registry->feed(sync_test::kSchool, after, protocol::kMaxFeedRows);
        demand(page.has_value(), "the feed has no page after " + std::to_string(after));
        for (const Bytes& bytes : page->rows) {
            chain = protocol::feed_chain(chain, bytes);
            auto entry = protocol::feed_entry_from(bytes);
            demand(entry && entry->feed == after + 1, "the feed has a gap after " + std::to_string(after));
            ++after;
            const auto told = world.rows.find(after);
            demand(told == world.rows.end() || told->second == bytes,
                   "row " + std::to_string(after) + " of the feed is not what was told");
            auto event = domain::decode_event(entry->event);
            demand(event.has_value(), "an event of the feed can't be read");
            feed.push_back({std::move(*entry), std::move(*event)});
        }
        demand(page->chain == chain, "the feed's chain is broken at " + std::to_string(after));
        if (page->through >= page->last) return feed;
    }
}

// Each node's events follow one another and stand there once.
void prove_chains(const std::vector<Row>& feed) {
    struct Head {
        std::int64_t number = 0;
        domain::Hash hash{};
    };
    std::map<std::pair<Uuid, std::int64_t>, Head> heads;
    std::set<Uuid> ids;
    for (const Row& row : feed) {
        Head& head = heads[{row.event.device, row.event.epoch}];
        demand(row.event.number == head.number + 1 && row.event.previous == head.hash,
               "in the feed a device's chain is broken at " + std::to_string(row.entry.feed));
        head = {row.event.number, protocol::event_hash(row.entry.event)};
        demand(ids.insert(row.event.id).second,
               "an event stands twice in the feed: " + std::to_string(row.entry.feed));
    }
}

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

// By the feed, or because it was its own.
bool has_seen(const Row& row, const Row& before) {
    return before.entry.feed <= row.event.seen ||
           (before.event.device == row.event.device && before.event.epoch == row.event.epoch);
}

// What the accepted acts make of each record, one after the other, is what the platform has; and at no time
// has a student had two engagements.
std::map<Uuid, Registration> proven_records(World& world, const std::vector<Row>& feed) {
    std::map<Uuid, Registration> records;
    std::map<Uuid, const Row*> last;
    for (const Row& row : feed) {
        if (row.event.type != domain::event_type::kRegistration || row.entry.verdict != "accepted") continue;
        Registration& record = records[row.event.registration];
        if (record.revision == 0) {
            record.id = row.event.registration;
            record.exam_number = row.event.exam_number;
            record.initiator = row.event.actor.role;
        }
        const std::string place = " at " + std::to_string(row.entry.feed) + " in the feed";
        demand(row.event.expected_revision == record.revision,
               "an act was accepted on another revision" + place);
        demand(record.state != domain::State::invited || row.event.body["to"].as_text() == "expired" ||
                   row.entry.received < record.expires,
               "an invitation was answered after its time" + place);
        const Row* before = std::exchange(last[record.id], &row);
        demand(!before || has_seen(row, *before),
               "an act was accepted whose author had not seen the one before it" + place);
        auto after = domain::replay(record, row.event.body, row.event.when);
        demand(after.has_value(), "an accepted act can't be followed" + place);
        record = std::move(*after);
        const auto engaged = std::ranges::count_if(records, [&](const auto& one) {
            return one.second.exam_number == record.exam_number && domain::holds_slot(one.second.state);
        });
        demand(engaged <= 1, "a student has two engagements" + place);
    }
    std::set<std::string> numbers;
    for (const auto& [id, record] : records) {
        demand(world.platform->registry->registration(id) == record,
               "the platform's row of " + to_text(id) + " is not what its acts make");
        demand(record.number.empty() || numbers.insert(record.number).second,
               "two agreements have the number " + record.number);
    }
    return records;
}

// An act that lost is a conflict with all that was typed, until the office has settled it.
void prove_conflicts(Node& node, const std::vector<Row>& feed) {
    const std::string whose = " of node " + std::to_string(node.number);
    const Uuid device = node.store->log().node().device;
    std::set<Bytes> settled;
    for (const Row& row : feed)
        if (row.event.type == domain::event_type::kSettled && row.entry.verdict == "accepted")
            settled.insert(row.event.body["event"].as_bytes());
    const auto conflicts = node.store->feed().conflicts();
    for (const Row& row : feed) {
        if (row.event.device != device || row.entry.verdict == "accepted" ||
            row.event.type != domain::event_type::kRegistration)
            continue;
        const Bytes id(row.event.id.view().begin(), row.event.id.view().end());
        if (settled.contains(id)) continue;
        const auto at = std::ranges::find(conflicts, row.event.id, &store::Conflict::event);
        demand(at != conflicts.end(),
               "rejected event " + std::to_string(row.event.number) + whose + " is no conflict");
        const auto kept = node.store->feed().conflicting(row.event.id);
        demand(kept && domain::encode(*kept) == row.entry.event,
               "what was typed in event " + std::to_string(row.event.number) + whose + " is not kept");
    }
}

void prove_node(World& world, Node& node, const std::vector<Row>& feed,
                const std::map<Uuid, Registration>& records) {
    const std::string whose = " of node " + std::to_string(node.number);
    store::Store& store = *node.store;
    demand(store.log().outbox().waiting == 0, "something waits in the outbox" + whose);
    demand(store.feed().cursor() == static_cast<std::int64_t>(feed.size()),
           "the cursor" + whose + " is behind");
    for (const auto& [id, record] : records) {
        const auto here = store.registrations().find(id);
        demand(here == record, "the row" + whose + " of " + to_text(id) + " is not the platform's" +
                                   (here ? ": " + std::string(domain::name_of(here->state)) + " " +
                                               std::to_string(here->revision) + ", there " +
                                               std::string(domain::name_of(record.state)) + " " +
                                               std::to_string(record.revision)
                                         : ": it is missing"));
    }
    const auto count = static_cast<std::int64_t>(records.size());
    demand(store.registrations().count({}) == count, "there are records too many" + whose);
    demand(store.pictures().to_send().empty() && store.pictures().to_fetch().empty(),
           "pictures wait" + whose);
    for (const auto& [id, record] : records)
        for (const domain::Attachment& one : domain::attachments_of(record)) {
            const auto content = store.pictures().read(one.picture);
            demand(content && crypto::sm3(*content) == one.picture, "a picture is missing" + whose);
            demand(world.platform->registry->blob(sync_test::kSchool, one.picture).has_value(),
                   "a picture is missing on the platform");
        }
    for (const Uuid& id : node.drafts)
        demand(world.discarded.contains(id) || store.drafts().find(id),
               "draft " + to_text(id) + whose + " is gone");
    prove_conflicts(node, feed);
}

void prove_audit(Node& node) {
    const auto report = node.store->audit();
    if (report.is_whole()) return;
    std::string faults;
    for (const auto& fault : report.faults) faults += ", " + fault.where + " " + fault.what;
    throw Violation("the audit of node " + std::to_string(node.number) + " finds" + faults);
}

}  // namespace

void prove_all(World& world) {
    const auto feed = proven_feed(world);
    prove_chains(feed);
    prove_acknowledged(world, feed);
    const auto records = proven_records(world, feed);
    for (const auto& node : world.nodes) prove_node(world, *node, feed, records);
    const std::string rows = rows_of(*world.nodes.front()->store);
    for (const auto& node : world.nodes) {
        const std::string others = rows_of(*node->store);
        demand(others == rows,
               "nodes 0 and " + std::to_string(node->number) + " differ: " + difference(rows, others));
    }
    const std::string at_platform = rows_of_platform(*world.platform);
    const std::string at_node = rows_as_platform(*world.nodes.front()->store);
    demand(at_platform == at_node, "platform and nodes differ: " + difference(at_platform, at_node));
    if (world.dice.chance(50)) prove_audit(*world.dice.pick(world.nodes));
}

}  // namespace wq::sim
