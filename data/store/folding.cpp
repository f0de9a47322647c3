// Registrations made anew from their events.
#include "data/domain/lifecycle.h"
#include "data/store/projection.h"
#include "data/store/replay.h"

namespace wq::store {
namespace {

struct LoggedAct {
    domain::Event event;
    bool answered;
    bool in_feed;
};

std::vector<LoggedAct> acts_on(Core& core, const Uuid& id) {
    auto select = core.sql(
        "SELECT bytes, verdict, feed FROM event WHERE registration = ? AND type = 'registration'"
        " AND (verdict IS NULL OR verdict = 'accepted')"
        " AND id NOT IN (SELECT event FROM conflict)"
        " ORDER BY feed IS NULL, feed, verdict IS NULL, seq");
    bind_at(select, 1, id.view());
    std::vector<LoggedAct> acts;
    while (select.executeStep()) {
        auto event = domain::decode_event(core.unseal(bytes_at(select, 0), "event.bytes"));
        if (!event) throw Fault("an event in the log is not readable");
        acts.push_back({std::move(*event), !select.isColumnNull(1), !select.isColumnNull(2)});
    }
    return acts;
}

std::optional<Uuid> other_holder(Core& core, const std::string& number, const Uuid& but) {
    if (number.empty()) return std::nullopt;
    auto select = core.sql("SELECT id FROM registration WHERE number = ? AND id <> ?");
    bind_at(select, 1, number);
    bind_at(select, 2, but.view());
    if (!select.executeStep()) return std::nullopt;
    return uuid_from_bytes(bytes_at(select, 0));
}

// A node that was copied or restored gives numbers that were given before. What the feed has ordered keeps
// its number; an act that has no place in it yields.
bool yields_number(Core& core, const LoggedAct& act, const Uuid& id) {
    return !act.in_feed && other_holder(core, act.event.body["number"].as_text(), id);
}

void take_number(Core& core, const domain::Registration& record) {
    const auto other = other_holder(core, record.number, record.id);
    if (!other) return;
    for (const LoggedAct& act : acts_on(core, *other))
        if (act.event.body["number"].as_text() == record.number)
            add_conflict(core, act.event, "number_taken");
    rebuild_registration(core, *other);
}

domain::Registration empty_record(const domain::Event& event) {
    domain::Registration record;
    record.id = event.registration;
    record.exam_number = event.exam_number;
    record.initiator = event.actor.role;
    return record;
}

// Those that its history issued, as if none were in force.
void note_papers(Core& core, const Uuid& id) {
    for (const LoggedAct& act : acts_on(core, id))
        if (act.event.body.has("paper"))
            put_paper(core, id, domain::paper_from_cbor(act.event.body["paper"]), true);
}

}  // namespace

void refresh_rows(Core& core) {
    core.transaction([&] {
        for (const CampusTable& table : campus_tables()) rebuild_campus(core, table.types[0]);
        std::vector<Uuid> ids;
        {
            auto select = core.sql("SELECT id FROM registration");
            while (select.executeStep()) ids.push_back(uuid_from_bytes(bytes_at(select, 0)).value_or(Uuid{}));
        }
        for (const Uuid& id : ids) {
            note_papers(core, id);
            if (const auto record = read_registration(core, id)) write_registration(core, *record);
        }
        core.set_meta("rows", "fresh");
    });
}

std::optional<domain::Registration> fold_registration(Core& core, const Uuid& id) {
    std::optional<domain::Registration> record;
    for (const LoggedAct& act : acts_on(core, id)) {
        if (!record) record = empty_record(act.event);
        auto after = domain::replay(*record, act.event.body, act.event.when);
        if (after) record = std::move(*after);
    }
    return record;
}

int rebuild_registration(Core& core, const Uuid& id) {
    std::optional<domain::Registration> record;
    int conflicts = 0;
    for (const LoggedAct& act : acts_on(core, id)) {
        if (!record) record = empty_record(act.event);
        const bool fits = act.answered || (act.event.expected_revision == record->revision &&
                                           act.event.expected_state == record->state);
        auto after = !fits ? Result<domain::Registration>(refuse("changed_meanwhile"))
                     : yields_number(core, act, id) ? Result<domain::Registration>(refuse("number_taken"))
                                                    : domain::replay(*record, act.event.body, act.event.when);
        if (after) {
            record = std::move(*after);
        } else if (!act.answered || act.in_feed) {  // what was accepted waits for its place in the feed
            add_conflict(core, act.event, after.error().code);
            ++conflicts;
        }
    }
    if (record && record->revision > 0) {
        take_number(core, *record);
        write_registration(core, *record);
    } else {
        // Its first act was refused: nothing of it stands; what was typed is kept in the conflict's event.
        auto remove = core.sql("DELETE FROM registration WHERE id = ?");
        bind_at(remove, 1, id.view());
        remove.exec();
        end_papers(core, id);
    }
    return conflicts;
}

void add_conflict(Core& core, const domain::Event& event, std::string_view code) {
    auto insert = core.sql(
        "INSERT OR IGNORE INTO conflict (event, registration, exam_number, code, when_ms) VALUES (?, ?, ?, "
        "?, ?)");
    bind_at(insert, 1, event.id.view());
    bind_at(insert, 2, event.registration.view());
    bind_at(insert, 3, event.exam_number);
    bind_at(insert, 4, code);
    insert.bind(5, core.now().ms);
    insert.exec();
}

bool forget_conflict(Core& core, ByteView event) {
    auto remove = core.sql("DELETE FROM conflict WHERE event = ?");
    bind_at(remove, 1, event);
    return remove.exec() > 0;
}

}  // namespace wq::store
