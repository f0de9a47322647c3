#include "data/store/feed.h"

#include "data/base/utf8.h"
#include "data/crypto/hash.h"
#include "data/store/core.h"
#include "data/store/projection.h"
#include "data/store/replay.h"

#include <set>

namespace wq::store {
namespace {

std::int64_t cursor_of(Core& core) {
    const std::string cursor = core.meta("feed_cursor");
    return cursor.empty() ? 0 : std::stoll(cursor);
}

struct Known {
    bool there = false, own = false;
};

// Marks an event that this node has (its own, or one that a lost answer brings again).
Known mark_known(Core& core, const domain::Event& event, const FeedRow& row) {
    auto select = core.sql("SELECT own FROM event WHERE id = ?");
    bind_at(select, 1, event.id.view());
    if (!select.executeStep()) return {};
    const bool own = int_at(select, 0) == 1;
    auto update = core.sql("UPDATE event SET feed = ?, verdict = ?, code = ? WHERE id = ?");
    update.bind(1, row.feed);
    bind_at(update, 2, row.verdict);
    bind_at(update, 3, row.code);
    bind_at(update, 4, event.id.view());
    update.exec();
    return {true, own};
}

bool has_conflict(Core& core, const Uuid& event) {
    auto select = core.sql("SELECT 1 FROM conflict WHERE event = ?");
    bind_at(select, 1, event.view());
    return select.executeStep();
}

// What rows of the feed changed.
struct Touched {
    std::set<Uuid> registrations;  // to be made anew
    std::set<std::string> types;   // of other events that other nodes wrote
    std::set<std::string> undone;  // of such that this node wrote and the platform did not take
};

void take(Core& core, const domain::Event& event, const FeedRow& row, Touched& touched) {
    const Known known = mark_known(core, event, row);
    const bool accepted = row.verdict == "accepted";
    if (!known.there)
        core.insert_event(event, row.event, crypto::sm3(domain::chain_message(row.event)), row.feed,
                          row.verdict, row.code, event.device == core.node().device);
    if (event.type == domain::event_type::kRegistration) {
        if (known.own && !accepted) add_conflict(core, event, row.code);
        if (!known.own || !accepted || has_conflict(core, event.id))
            touched.registrations.insert(event.registration);
        return;
    }
    if (!accepted) {
        if (known.own) touched.undone.insert(event.type);
        return;
    }
    if (!known.own) touched.types.insert(event.type);
    // This node's own stands already, unless another node's has just been written over it.
    if (touched.types.contains(event.type)) project(core, event);
}

// This node's events that the feed has not brought yet again on top, so that the rows are always the feed's
// order and then these.
void project_unanswered(Core& core, const std::string& type) {
    auto select = core.sql(
        "SELECT bytes FROM event WHERE own = 1 AND feed IS NULL AND (verdict IS NULL OR verdict = 'accepted')"
        " AND type = ? ORDER BY epoch, number");
    bind_at(select, 1, type);
    std::vector<Bytes> events;
    while (select.executeStep()) events.push_back(core.unseal(bytes_at(select, 0), "event.bytes"));
    for (const Bytes& bytes : events)
        if (const auto event = domain::decode_event(bytes)) project(core, *event);
}

}  // namespace

std::int64_t Feed::cursor() const { return cursor_of(*core_); }

domain::Hash Feed::chain() const {
    const auto chain = from_hex(core_->meta("feed_chain"));
    return chain ? domain::hash_from(*chain) : domain::Hash{};
}

Result<Adopted> Feed::adopt(const std::vector<FeedRow>& rows, const domain::Hash& chain) {
    return core_->transaction([&]() -> Result<Adopted> {
        Adopted adopted;
        std::int64_t at = cursor_of(*core_);
        Touched touched;
        for (const FeedRow& row : rows) {
            if (row.feed != at + 1)
                return refuse("feed_gap",
                              {{"expected", std::to_string(at + 1)}, {"got", std::to_string(row.feed)}});
            ++at;
            ++adopted.rows;
            const auto event = domain::decode_event(row.event);
            if (!event) continue;  // of a later version: the platform has it in quarantine
            take(*core_, *event, row, touched);
        }
        for (const std::string& type : touched.types) project_unanswered(*core_, type);
        for (const std::string& type : touched.undone) rebuild_campus(*core_, type);
        for (const Uuid& registration : touched.registrations)
            adopted.conflicts += rebuild_registration(*core_, registration);
        core_->set_meta("feed_cursor", std::to_string(at));
        core_->set_meta("feed_chain", to_hex(chain));
        return adopted;
    });
}

std::optional<domain::Event> Feed::conflicting(const Uuid& event) const {
    auto select = core_->sql(
        "SELECT bytes FROM event WHERE id = ?1 AND EXISTS (SELECT 1 FROM conflict WHERE event = ?1)");
    bind_at(select, 1, event.view());
    if (!select.executeStep()) return std::nullopt;
    auto decoded = domain::decode_event(core_->unseal(bytes_at(select, 0), "event.bytes"));
    return decoded ? std::optional(std::move(*decoded)) : std::nullopt;
}

Result<void> Feed::settle(const Uuid& event, std::string_view reason, const domain::Actor& actor) {
    if (actor.role != domain::Role::school)
        return refuse("not_allowed", {{"state", "conflict"},
                                      {"action", "settle"},
                                      {"role", std::string(domain::name_of(actor.role))}});
    if (trimmed(reason).empty()) return refuse("reason_required");
    return core_->transaction([&]() -> Result<void> {
        const auto lost = conflicting(event);
        if (!lost) return refuse("conflict_unknown");
        domain::Event settled = core_->new_event(domain::event_type::kSettled, actor);
        settled.body.set("event", event.view()).set("reason", trimmed(reason));
        core_->append(settled);
        project(*core_, settled);
        return {};
    });
}

std::vector<Conflict> Feed::conflicts() const {
    auto select = core_->sql(
        "SELECT event, registration, exam_number, code, when_ms FROM conflict ORDER BY when_ms DESC");
    std::vector<Conflict> conflicts;
    while (select.executeStep())
        conflicts.push_back({uuid_from_bytes(bytes_at(select, 0)).value_or(Uuid{}),
                             uuid_from_bytes(bytes_at(select, 1)).value_or(Uuid{}),
                             text_at(select, 2),
                             text_at(select, 3),
                             {int_at(select, 4)}});
    return conflicts;
}

}  // namespace wq::store
