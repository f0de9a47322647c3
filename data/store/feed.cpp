#include "data/store/feed.h"

#include "data/base/utf8.h"
#include "data/crypto/hash.h"
#include "data/store/core.h"
#include "data/store/epochs.h"
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
    bool moved = false;  // it stood elsewhere in the chains
};

// The same act in another place: where this node says it again though the platform has it by another of
// its chains (a copy has brought it), the platform's place is the true one. One that was answered, or is on
// its way, stays.
bool move_to(Core& core, const domain::Event& event, ByteView bytes) {
    const domain::Hash hash = crypto::sm3(domain::chain_message(bytes));
    auto update = core.sql(
        "UPDATE event SET device = ?1, epoch = ?2, number = ?3, hash = ?4, bytes = ?5 WHERE id = ?6"
        " AND hash <> ?4 AND verdict IS NULL AND (?7 OR NOT (device = ?8 AND epoch = ?9))");
    bind_at(update, 1, event.device.view());
    update.bind(2, event.epoch);
    update.bind(3, event.number);
    bind_at(update, 4, hash);
    bind_at(update, 5, core.seal(bytes, "event.bytes"));
    bind_at(update, 6, event.id.view());
    update.bind(7, is_adrift(core.node()) ? 1 : 0);
    bind_at(update, 8, core.node().device.view());
    update.bind(9, core.node().epoch);
    return update.exec() > 0;
}

// Marks an event that this node has (its own, or one that a lost answer brings again).
Known mark_known(Core& core, const domain::Event& event, const FeedRow& row) {
    bool own = false;
    {
        auto select = core.sql("SELECT own FROM event WHERE id = ?");
        bind_at(select, 1, event.id.view());
        if (!select.executeStep()) return {};
        own = int_at(select, 0) == 1;
    }
    const bool moved = move_to(core, event, row.event);
    auto update = core.sql("UPDATE event SET feed = ?, verdict = ?, code = ? WHERE id = ?");
    update.bind(1, row.feed);
    bind_at(update, 2, row.verdict);
    bind_at(update, 3, row.code);
    bind_at(update, 4, event.id.view());
    update.exec();
    return {true, own, moved};
}

// What rows of the feed changed.
struct Touched {
    std::set<Uuid> registrations;  // to be made anew
    std::set<std::string> types;   // of other events that other nodes wrote
    std::set<std::string> undone;  // of such that this node wrote and the platform did not take
    bool moved = false;            // an act changed its place in the chains
};

void take(Core& core, const domain::Event& event, const FeedRow& row, Touched& touched) {
    if (const Uuid loser = make_room(core, event); !loser.is_nil()) touched.registrations.insert(loser);
    const Known known = mark_known(core, event, row);
    touched.moved |= known.moved;
    const bool accepted = row.verdict == "accepted";
    if (!known.there)
        core.insert_event(event, row.event, crypto::sm3(domain::chain_message(row.event)), row.feed,
                          row.verdict, row.code, event.device == core.node().device);
    if (event.type == domain::event_type::kRegistration) {
        // What this node held for lost, and the platform took.
        const bool stands_again = accepted && forget_conflict(core, event.id.view());
        if (known.own && !accepted) add_conflict(core, event, row.code);
        if (!known.own || !accepted || stands_again) touched.registrations.insert(event.registration);
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
        " AND type = ? ORDER BY seq");
    bind_at(select, 1, type);
    std::vector<Bytes> events;
    while (select.executeStep()) events.push_back(core.unseal(bytes_at(select, 0), "event.bytes"));
    for (const Bytes& bytes : events)
        if (const auto event = domain::decode_event(bytes)) project(core, *event);
}

constexpr std::string_view kStartedOver = "feed_started_over";

// Events that were answered and have no row in the feed.
std::vector<Uuid> without_row(Core& core, bool own) {
    auto select = core.sql("SELECT id FROM event WHERE own = ? AND feed IS NULL AND verdict IS NOT NULL");
    select.bind(1, own ? 1 : 0);
    std::vector<Uuid> ids;
    while (select.executeStep()) ids.push_back(uuid_from_bytes(bytes_at(select, 0)).value_or(Uuid{}));
    return ids;
}

void rebuild_all(Core& core) {
    for (const CampusTable& table : campus_tables()) rebuild_campus(core, table.types[0]);
    std::vector<Uuid> ids;
    {
        auto select = core.sql(
            "SELECT id FROM registration UNION SELECT registration FROM event WHERE type = 'registration'");
        while (select.executeStep()) ids.push_back(uuid_from_bytes(bytes_at(select, 0)).value_or(Uuid{}));
    }
    for (const Uuid& id : ids) rebuild_registration(core, id);
}

}  // namespace

std::int64_t Feed::cursor() const { return cursor_of(*core_); }

FeedPoint Feed::point() const {
    auto select = core_->sql(
        "SELECT coalesce((SELECT value FROM meta WHERE key = 'feed_cursor'), '0'),"
        " coalesce((SELECT value FROM meta WHERE key = 'feed_chain'), '')");
    select.executeStep();
    const std::string cursor = text_at(select, 0);
    const auto chain = from_hex(text_at(select, 1));
    return {cursor.empty() ? 0 : std::stoll(cursor), chain ? domain::hash_from(*chain) : domain::Hash{}};
}

domain::Hash Feed::chain() const { return point().chain; }

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
        // What is left adrift of a chain that lost a link is nobody's yet: it is chained anew.
        if (touched.moved && is_adrift(core_->node())) say_again(*core_);
        for (const std::string& type : touched.types) project_unanswered(*core_, type);
        for (const std::string& type : touched.undone) rebuild_campus(*core_, type);
        for (const Uuid& registration : touched.registrations)
            adopted.conflicts += rebuild_registration(*core_, registration);
        core_->set_meta("feed_cursor", std::to_string(at));
        core_->set_meta("feed_chain", to_hex(chain));
        return adopted;
    });
}

void Feed::start_over() {
    core_->transaction([&] {
        core_->sql("UPDATE event SET feed = NULL WHERE feed IS NOT NULL").exec();
        core_->sql("UPDATE picture SET sent = 0 WHERE sent = 1").exec();
        core_->set_meta("feed_cursor", "0");
        core_->set_meta("feed_chain", "");
        core_->set_meta(kStartedOver, "1");
    });
}

bool Feed::is_starting_over() const { return core_->meta(kStartedOver) == "1"; }

StartedOver Feed::finish_start() {
    return core_->transaction([&] {
        const auto own = without_row(*core_, true), others = without_row(*core_, false);
        ask_again(*core_, own);
        for (const Uuid& id : others) {
            keep_branch(*core_, id);
            auto remove = core_->sql("DELETE FROM event WHERE id = ?");
            bind_at(remove, 1, id.view());
            remove.exec();
        }
        if (is_adrift(core_->node()) || !own.empty()) say_again(*core_);
        rebuild_all(*core_);
        core_->set_meta(kStartedOver, "");
        return StartedOver{static_cast<std::int64_t>(own.size()), static_cast<std::int64_t>(others.size())};
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
