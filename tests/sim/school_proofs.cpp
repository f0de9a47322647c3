#include "tests/sim/school_proofs.h"

#include "data/crypto/hash.h"
#include "sync/protocol/messages.h"
#include "tests/sync/world.h"

#include <algorithm>
#include <set>
#include <utility>

namespace wq::sim {

using domain::Event, domain::Registration;

std::vector<Row> proven_feed(platform::Registry& registry, const std::map<std::int64_t, Bytes>& told_before) {
    std::vector<Row> feed;
    domain::Hash chain{};
    for (std::int64_t after = 0;;) {
        const auto page = registry.feed(sync_test::kSchool, after, protocol::kMaxFeedRows);
        demand(page.has_value(), "the feed has no page after " + std::to_string(after));
        for (const Bytes& bytes : page->rows) {
            chain = protocol::feed_chain(chain, bytes);
            auto entry = protocol::feed_entry_from(bytes);
            demand(entry && entry->feed == after + 1, "the feed has a gap after " + std::to_string(after));
            ++after;
            const auto told = told_before.find(after);
            demand(told == told_before.end() || told->second == bytes,
                   "row " + std::to_string(after) + " of the feed is not what was told");
            auto event = domain::decode_event(entry->event);
            demand(event.has_value(), "an event of the feed can't be read");
            feed.push_back({std::move(*entry), std::move(*event)});
        }
        demand(page->chain == chain, "the feed's chain is broken at " + std::to_string(after));
        if (page->through >= page->last) return feed;
    }
}

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

namespace {

// By the feed, or because it was its own.
bool has_seen(const Row& row, const Row& before) {
    return before.entry.feed <= row.event.seen ||
           (before.event.device == row.event.device && before.event.epoch == row.event.epoch);
}

}  // namespace

Records proven_records(platform::Registry& registry, const std::vector<Row>& feed) {
    Records records;
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
        demand(registry.registration(id) == record,
               "the platform's row of " + to_text(id) + " is not what its acts make");
        demand(record.number.empty() || numbers.insert(record.number).second,
               "two agreements have the number " + record.number);
    }
    return records;
}

namespace {

// An act that lost is a conflict with all that was typed, until the office has settled it.
void prove_conflicts(store::Store& store, const std::string& whose, const std::vector<Row>& feed) {
    const Uuid device = store.log().node().device;
    std::set<Bytes> settled;
    for (const Row& row : feed)
        if (row.event.type == domain::event_type::kSettled && row.entry.verdict == "accepted")
            settled.insert(row.event.body["event"].as_bytes());
    const auto conflicts = store.feed().conflicts();
    for (const Row& row : feed) {
        if (row.event.device != device || row.entry.verdict == "accepted" ||
            row.event.type != domain::event_type::kRegistration)
            continue;
        const Bytes id(row.event.id.view().begin(), row.event.id.view().end());
        if (settled.contains(id)) continue;
        const auto at = std::ranges::find(conflicts, row.event.id, &store::Conflict::event);
        demand(at != conflicts.end(),
               "rejected event " + std::to_string(row.event.number) + whose + " is no conflict");
        const auto kept = store.feed().conflicting(row.event.id);
        demand(kept && domain::encode(*kept) == row.entry.event,
               "what was typed in event " + std::to_string(row.event.number) + whose + " is not kept");
    }
}

}  // namespace

void prove_node(platform::Registry& registry, store::Store& store, const std::string& whose,
                const std::vector<Row>& feed, const Records& records) {
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
            demand(registry.blob(sync_test::kSchool, one.picture).has_value(),
                   "a picture is missing on the platform");
        }
    prove_conflicts(store, whose, feed);
}

void prove_audit(store::Store& store, const std::string& whose) {
    const auto report = store.audit();
    if (report.is_whole()) return;
    std::string faults;
    for (const auto& fault : report.faults) faults += ", " + fault.where + " " + fault.what;
    throw Violation("the audit" + whose + " finds" + faults);
}

}  // namespace wq::sim
