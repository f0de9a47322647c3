#include "data/store/epochs.h"

#include "data/crypto/hash.h"
#include "data/store/projection.h"

#include <algorithm>
#include <vector>

namespace wq::store {
namespace {

// Beyond every number of a chain.
constexpr std::int64_t kAside = std::int64_t{1} << 50;
// Epochs of what was never sent, beyond those that are adrift.
constexpr std::int64_t kLeftOut = 2 * kAdrift;

struct Said {
    Uuid id;
    std::int64_t epoch = 0;
    domain::Event event;
};

ChainHead head_of(Core& core, std::int64_t epoch, std::int64_t before = kAside) {
    auto read = core.sql(
        "SELECT number, hash FROM event WHERE device = ? AND epoch = ? AND number < ?"
        " ORDER BY number DESC LIMIT 1");
    bind_at(read, 1, core.node().device.view());
    read.bind(2, epoch);
    read.bind(3, before);
    if (!read.executeStep()) return {};
    return {int_at(read, 0), domain::hash_from(bytes_at(read, 1))};
}

// The events of the present chain from this number on.
std::vector<domain::Event> events_from(Core& core, std::int64_t number) {
    auto select = core.sql(
        "SELECT bytes FROM event WHERE device = ? AND epoch = ? AND number >= ? AND verdict IS NULL"
        " ORDER BY number");
    bind_at(select, 1, core.node().device.view());
    select.bind(2, core.node().epoch);
    select.bind(3, number);
    std::vector<domain::Event> events;
    while (select.executeStep()) {
        auto event = domain::decode_event(core.unseal(bytes_at(select, 0), "event.bytes"));
        if (!event) throw Fault("an event in the log is not readable");
        events.push_back(std::move(*event));
    }
    return events;
}

// This node's unanswered acts, in the order in which they were said; of its present chain only where that
// is nobody's and can be chained anew.
std::vector<Said> unanswered(Core& core) {
    auto select = core.sql(
        "SELECT id, epoch, bytes FROM event WHERE own = 1 AND verdict IS NULL AND feed IS NULL"
        " AND (?1 OR NOT (device = ?2 AND epoch = ?3)) ORDER BY seq");
    select.bind(1, is_adrift(core.node()) ? 1 : 0);
    bind_at(select, 2, core.node().device.view());
    select.bind(3, core.node().epoch);
    std::vector<Said> said;
    while (select.executeStep()) {
        auto event = domain::decode_event(core.unseal(bytes_at(select, 2), "event.bytes"));
        if (!event) throw Fault("an event in the log is not readable");
        said.push_back(
            {uuid_from_bytes(bytes_at(select, 0)).value_or(Uuid{}), int_at(select, 1), std::move(*event)});
    }
    return said;
}

void put_aside(Core& core) {
    auto update = core.sql("UPDATE event SET number = number + ?1 WHERE device = ?2 AND epoch = ?3");
    update.bind(1, kAside);
    bind_at(update, 2, core.node().device.view());
    update.bind(3, core.node().epoch);
    update.exec();
}

void chain_anew(Core& core, domain::Event& event, std::int64_t epoch, ChainHead& head) {
    event.device = core.node().device;
    event.epoch = epoch;
    event.number = head.number + 1;
    event.previous = head.hash;
    const Bytes bytes = domain::encode(event);
    head = {event.number, crypto::sm3(domain::chain_message(bytes))};
    auto update = core.sql(
        "UPDATE event SET device = ?1, epoch = ?2, number = ?3, hash = ?4, bytes = ?5 WHERE id = ?6");
    bind_at(update, 1, event.device.view());
    update.bind(2, event.epoch);
    update.bind(3, event.number);
    bind_at(update, 4, head.hash);
    bind_at(update, 5, core.seal(bytes, "event.bytes"));
    bind_at(update, 6, event.id.view());
    update.exec();
}

// Whether something came to the act's registration that its author did not have.
bool came_later(Core& core, const domain::Event& event) {
    auto select = core.sql(
        "SELECT 1 FROM event WHERE registration = ?1 AND type = 'registration' AND verdict = 'accepted'"
        " AND feed IS NOT NULL AND seq > (SELECT seq FROM event WHERE id = ?2) LIMIT 1");
    bind_at(select, 1, event.registration.view());
    bind_at(select, 2, event.id.view());
    return select.executeStep();
}

// Own acts that an answer came to, and others' that were here, were known when the act was done, though their
// rows of the feed came later: where nothing else did, that is what is said again.
void look_again(Core& core, domain::Event& event) {
    const std::string cursor = core.meta("feed_cursor");
    if (!event.registration.is_nil() && !cursor.empty() && !came_later(core, event))
        event.seen = std::max<std::int64_t>(event.seen, std::stoll(cursor));
}

}  // namespace

void set_adrift(Core& core) {
    if (is_adrift(core.node())) return;
    Node node = core.node();
    node.epoch += kAdrift;
    core.set_node(node);
    say_again(core);
}

std::int64_t say_again(Core& core) {
    const bool adrift = is_adrift(core.node());
    auto said = unanswered(core);
    if (adrift) put_aside(core);
    ChainHead head = adrift ? ChainHead{} : core.head();
    for (Said& one : said) {
        if (one.epoch < kAdrift) keep_branch(core, one.id);
        look_again(core, one.event);
        chain_anew(core, one.event, core.node().epoch, head);
    }
    core.set_meta("said." + std::to_string(core.node().epoch), std::to_string(head.number));
    return static_cast<std::int64_t>(said.size());
}

std::optional<domain::Event> leave_out(Core& core, std::int64_t number, std::string_view code) {
    auto events = events_from(core, number);
    if (events.empty() || events.front().number != number) return std::nullopt;
    domain::Event out = events.front();
    const std::int64_t own_epoch = core.node().epoch, out_epoch = kLeftOut + own_epoch;
    keep_branch(core, out.id);
    ChainHead head = head_of(core, out_epoch);
    chain_anew(core, out, out_epoch, head);
    auto reject = core.sql("UPDATE event SET verdict = 'rejected', code = ? WHERE id = ?");
    bind_at(reject, 1, code);
    bind_at(reject, 2, out.id.view());
    reject.exec();
    head = head_of(core, own_epoch, number);
    for (std::size_t i = 1; i < events.size(); ++i) {
        keep_branch(core, events[i].id);
        chain_anew(core, events[i], own_epoch, head);
    }
    core.set_meta("said." + std::to_string(own_epoch), std::to_string(head.number));
    return out;
}

Uuid make_room(Core& core, const domain::Event& event) {
    Uuid there, registration;
    bool own = false;
    {
        auto select = core.sql(
            "SELECT id, own, coalesce(registration, zeroblob(16)) FROM event"
            " WHERE device = ? AND epoch = ? AND number = ?");
        bind_at(select, 1, event.device.view());
        select.bind(2, event.epoch);
        select.bind(3, event.number);
        if (!select.executeStep()) return {};
        there = uuid_from_bytes(bytes_at(select, 0)).value_or(Uuid{});
        own = int_at(select, 1) == 1;
        registration = uuid_from_bytes(bytes_at(select, 2)).value_or(Uuid{});
    }
    if (there == event.id) return {};
    if (own) {
        ask_again(core, {&there, 1});
        is_adrift(core.node()) ? void(say_again(core)) : set_adrift(core);
        return registration;
    }
    keep_branch(core, there);
    auto remove = core.sql("DELETE FROM event WHERE id = ?");
    bind_at(remove, 1, there.view());
    remove.exec();
    return registration;
}

void keep_branch(Core& core, const Uuid& event) {
    auto insert = core.sql(
        "INSERT OR IGNORE INTO lost_branch (device, epoch, number, hash, bytes)"
        " SELECT device, epoch, number, hash, bytes FROM event WHERE id = ?");
    bind_at(insert, 1, event.view());
    insert.exec();
}

void ask_again(Core& core, std::span<const Uuid> events) {
    for (const Uuid& id : events) {
        auto update = core.sql("UPDATE event SET verdict = NULL, code = '', feed = NULL WHERE id = ?");
        bind_at(update, 1, id.view());
        update.exec();
        forget_conflict(core, id.view());
    }
}

}  // namespace wq::store
