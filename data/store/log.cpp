#include "data/store/log.h"

#include "data/store/core.h"
#include "data/store/epochs.h"
#include "data/store/projection.h"
#include "data/store/replay.h"

#include <set>

namespace wq::store {
namespace {

HistoryEntry history_entry(Core& core, SQLite::Statement& row) {
    auto event = domain::decode_event(core.unseal(bytes_at(row, 0), "event.bytes"));
    if (!event) throw Fault("an event in the log is not readable");
    return {std::move(*event), domain::hash_from(bytes_at(row, 1)), int_at(row, 2), text_at(row, 3),
            text_at(row, 4)};
}

// Writes the answer and gives the event; nothing where it had one already.
std::optional<domain::Event> answered(Core& core, const Verdict& verdict) {
    auto update = core.sql(
        "UPDATE event SET verdict = ?, code = ? WHERE own = 1 AND device = ? AND epoch = ? AND number = ?"
        " AND verdict IS NULL RETURNING bytes");
    bind_at(update, 1, verdict.verdict);
    bind_at(update, 2, verdict.code);
    bind_at(update, 3, core.node().device.view());
    update.bind(4, core.node().epoch);
    update.bind(5, verdict.number);
    if (!update.executeStep()) return std::nullopt;
    auto event = domain::decode_event(core.unseal(bytes_at(update, 0), "event.bytes"));
    if (!event) throw Fault("an event in the log is not readable");
    return std::move(*event);
}

}  // namespace

Node Log::node() const {
    core_->read_node();  // another program may have joined anew
    return core_->node();
}

void Log::set_node(const Node& node) { core_->set_node(node); }

void Log::set_adrift() {
    core_->transaction([&] { store::set_adrift(*core_); });
}

std::int64_t Log::begin_epoch(const Node& node) {
    return core_->transaction([&] {
        core_->set_node(node);
        return say_again(*core_);
    });
}

std::int64_t Log::answered_through() const {
    auto select = core_->sql(
        "SELECT coalesce(max(number), 0) FROM event WHERE own = 1 AND device = ? AND epoch = ?"
        " AND verdict IS NOT NULL");
    bind_at(select, 1, core_->node().device.view());
    select.bind(2, core_->node().epoch);
    select.executeStep();
    return int_at(select, 0);
}

std::int64_t Log::platform_lacks(std::int64_t after, std::int64_t through) {
    if (after >= through) return 0;
    return core_->transaction([&] {
        std::vector<Uuid> ids;
        std::set<Uuid> registrations;
        std::set<std::string> types;
        {
            auto select = core_->sql(
                "SELECT id, coalesce(registration, zeroblob(16)), type FROM event WHERE own = 1"
                " AND device = ? AND epoch = ? AND number > ? AND number <= ? AND verdict IS NOT NULL");
            bind_at(select, 1, core_->node().device.view());
            select.bind(2, core_->node().epoch);
            select.bind(3, after);
            select.bind(4, through);
            while (select.executeStep()) {
                ids.push_back(uuid_from_bytes(bytes_at(select, 0)).value_or(Uuid{}));
                if (text_at(select, 2) == domain::event_type::kRegistration)
                    registrations.insert(uuid_from_bytes(bytes_at(select, 1)).value_or(Uuid{}));
                else
                    types.insert(text_at(select, 2));
            }
        }
        ask_again(*core_, ids);
        for (const Uuid& id : registrations) rebuild_registration(*core_, id);
        for (const std::string& type : types) rebuild_campus(*core_, type);
        return static_cast<std::int64_t>(ids.size());
    });
}

ChainHead Log::head() const { return core_->head(); }

std::vector<WaitingEvent> Log::waiting(std::size_t limit, std::size_t max_bytes, std::int64_t after) const {
    auto select = core_->sql(
        "SELECT number, bytes, hash FROM event WHERE own = 1 AND verdict IS NULL AND epoch = ? AND device = ?"
        " AND number > ? ORDER BY number LIMIT ?");
    select.bind(1, core_->node().epoch);
    bind_at(select, 2, core_->node().device.view());
    select.bind(3, after);
    select.bind(4, static_cast<std::int64_t>(limit));
    std::vector<WaitingEvent> events;
    std::size_t total = 0;
    while (select.executeStep()) {
        Bytes bytes = core_->unseal(bytes_at(select, 1), "event.bytes");
        total += bytes.size();
        if (!events.empty() && total > max_bytes) break;
        events.push_back({int_at(select, 0), std::move(bytes), domain::hash_from(bytes_at(select, 2))});
    }
    return events;
}

bool Log::has_waiting() const {
    auto select = core_->sql(
        "SELECT 1 FROM event WHERE own = 1 AND verdict IS NULL AND device = ? AND epoch = ? LIMIT 1");
    bind_at(select, 1, core_->node().device.view());
    select.bind(2, core_->node().epoch);
    return select.executeStep();
}

void Log::set_aside(std::int64_t number, std::string_view code) {
    core_->transaction([&] {
        const auto event = leave_out(*core_, number, code);
        if (!event) return;
        if (event->type != domain::event_type::kRegistration) return rebuild_campus(*core_, event->type);
        add_conflict(*core_, *event, code);
        rebuild_registration(*core_, event->registration);
    });
}

domain::Hash Log::hash_at(std::int64_t number) const {
    auto select = core_->sql("SELECT hash FROM event WHERE device = ? AND epoch = ? AND number = ?");
    bind_at(select, 1, core_->node().device.view());
    select.bind(2, core_->node().epoch);
    select.bind(3, number);
    return select.executeStep() ? domain::hash_from(bytes_at(select, 0)) : domain::Hash{};
}

void Log::note_verdicts(const std::vector<Verdict>& verdicts) {
    core_->transaction([&] {
        std::set<std::string> undone;
        for (const Verdict& verdict : verdicts) {
            const auto event = answered(*core_, verdict);
            if (!event || verdict.verdict == "accepted") continue;
            if (event->type != domain::event_type::kRegistration) {
                undone.insert(event->type);
                continue;
            }
            add_conflict(*core_, *event, verdict.code);
            rebuild_registration(*core_, event->registration);
        }
        for (const std::string& type : undone) rebuild_campus(*core_, type);
    });
}

OutboxCount Log::outbox() const {
    auto select = core_->sql(
        "SELECT count(*) FILTER (WHERE verdict IS NULL), count(*) FILTER (WHERE verdict = 'rejected'),"
        " count(*) FILTER (WHERE verdict = 'quarantined'), min(when_ms) FILTER (WHERE verdict IS NULL)"
        " FROM event WHERE own = 1");
    select.executeStep();
    return {int_at(select, 0), int_at(select, 1), int_at(select, 2), {int_at(select, 3)}};
}

std::vector<HistoryEntry> Log::history(const Uuid& registration) const {
    auto select = core_->sql(
        "SELECT bytes, hash, coalesce(feed, 0), coalesce(verdict, ''), code FROM event WHERE registration = ?"
        " ORDER BY feed IS NULL, feed, seq");
    bind_at(select, 1, registration.view());
    std::vector<HistoryEntry> entries;
    while (select.executeStep()) entries.push_back(history_entry(*core_, select));
    return entries;
}

std::string Log::note(std::string_view key) const { return core_->note(key); }

void Log::set_note(std::string_view key, std::string_view value) {
    core_->transaction([&] { core_->set_meta("note." + std::string(key), value); });
}

}  // namespace wq::store
