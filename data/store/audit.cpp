#include "data/store/audit.h"

#include "data/crypto/hash.h"
#include "data/store/core.h"
#include "data/store/projection.h"
#include "data/store/replay.h"
#include "data/store/store.h"

namespace wq::store {
namespace {

struct Chain {
    Bytes device;
    std::int64_t epoch = 0, last = 0;
    domain::Hash hash{};
    bool broken = false;
};

std::string place_of(const Chain& chain, std::int64_t number) {
    const auto device = uuid_from_bytes(chain.device);
    return "device " + (device ? to_text(*device) : "?") + " epoch " + std::to_string(chain.epoch) +
           " number " + std::to_string(number);
}

// What an event is found by is what it says.
bool columns_say(const domain::Event& event, SQLite::Statement& row) {
    return std::ranges::equal(event.id.bytes, bytes_at(row, 5)) && event.type == text_at(row, 6) &&
           std::ranges::equal(event.registration.bytes, bytes_at(row, 7)) && event.when.ms == int_at(row, 8);
}

// What is wrong with this link, or nothing.
const char* fault_of_link(const Core& core, const Chain& chain, SQLite::Statement& row) {
    const std::int64_t number = int_at(row, 2);
    const domain::Hash hash = domain::hash_from(bytes_at(row, 3));
    const auto bytes = core.sealer().open(bytes_at(row, 4), "event.bytes");
    if (!bytes || crypto::sm3(domain::chain_message(*bytes)) != hash) return "bytes_changed";
    const auto event = domain::decode_event(*bytes);
    if (!event || event->number != number || !std::ranges::equal(event->device.bytes, chain.device) ||
        !columns_say(*event, row))
        return "bytes_changed";
    if (number != chain.last + 1) return "number_missing";
    if (event->previous != chain.hash) return "chain_broken";
    return nullptr;
}

void audit_chains(Core& core, AuditReport& report) {
    auto select = core.sql(
        "SELECT device, epoch, number, hash, bytes, id, type, coalesce(registration, zeroblob(16)), when_ms"
        " FROM event ORDER BY device, epoch, number");
    Chain chain;
    while (select.executeStep()) {
        ++report.events;
        if (!std::ranges::equal(chain.device, bytes_at(select, 0)) || chain.epoch != int_at(select, 1)) {
            const ByteView device = bytes_at(select, 0);
            chain = {Bytes(device.begin(), device.end()), int_at(select, 1), 0, {}, false};
        }
        if (chain.broken) continue;
        if (const char* fault = fault_of_link(core, chain, select)) {
            report.faults.push_back({place_of(chain, int_at(select, 2)), fault});
            chain.broken = true;
        }
        chain.last = int_at(select, 2);
        chain.hash = domain::hash_from(bytes_at(select, 3));
    }
}

// A value as text; a sealed one opened, so that it can be compared.
std::string value_at(const Core& core, SQLite::Statement& row, int column, std::string_view sealed_as) {
    if (!sealed_as.empty()) return to_hex(core.unseal(bytes_at(row, column), sealed_as));
    return row.getColumn(column).isBlob() ? to_hex(bytes_at(row, column)) : text_at(row, column);
}

std::vector<std::string> values_of(const Core& core, SQLite::Statement& row, std::string_view sealed_as) {
    std::vector<std::string> values;
    const int last = row.getColumnCount() - 1;
    for (int i = 0; i <= last; ++i) values.push_back(value_at(core, row, i, i == last ? sealed_as : ""));
    return values;
}

// All columns of a registration that lists, look-ups and figures go by, and the record.
std::vector<std::string> columns_of(Core& core, const Uuid& id) {
    auto select = core.sql(
        "SELECT exam_number, kind, state, revision, coalesce(number, ''), employer_name, changed_ms,"
        " department, level, student_name, initials, waits_for, flagged, destination, in_force_day,"
        " EXISTS (SELECT 1 FROM registered_employer e WHERE e.name = employer_name),"
        " coalesce((SELECT p.revision || ' ' || p.digest FROM paper p WHERE p.registration = id"
        " AND p.ended = 0), ''), record FROM registration WHERE id = ?");
    bind_at(select, 1, id.view());
    return select.executeStep() ? values_of(core, select, "registration.record") : std::vector<std::string>();
}

// A row that does not open, or says something else than its events, was written by somebody else. What its
// events make is written beside, where the graduates are, and taken away again.
bool row_agrees(Core& core, Core& beside, const Uuid& id) {
    try {
        const auto record = fold_registration(core, id);
        if (record && record->revision > 0) write_registration(beside, *record);
        const bool agrees = columns_of(core, id) == columns_of(beside, id);
        beside.sql("DELETE FROM registration").exec();
        beside.sql("DELETE FROM paper").exec();
        beside.sql("DELETE FROM picture").exec();
        return agrees;
    } catch (const Fault&) {
        return false;
    }
}

// A table of the campus row by row, in the order of its keys, against what the history makes of it.
class TableRows {
  public:
    TableRows(Core& core, const CampusTable& table)
        : core_(&core),
          sealed_(table.sealed),
          select_(core.sql("SELECT " + std::string(table.columns) + " FROM " + std::string(table.name) +
                           " ORDER BY 1")) {
        next();
    }
    bool is_there() const { return there_; }
    const std::string& key() const { return values_[0]; }
    const std::vector<std::string>& values() const { return values_; }
    void next() {
        there_ = select_.executeStep();
        if (!there_) return;
        try {
            values_ = values_of(*core_, select_, sealed_);
        } catch (const Fault&) {
            values_ = {value_at(*core_, select_, 0, "")};
        }
    }

  private:
    Core* core_;
    std::string_view sealed_;
    Prepared select_;
    bool there_ = false;
    std::vector<std::string> values_;
};

void audit_table(Core& core, Core& beside, const CampusTable& table, AuditReport& report) {
    TableRows here(core, table), there(beside, table);
    const auto fault = [&](const std::string& key) {
        report.faults.push_back({std::string(table.name) + " " + key, "row_differs"});
    };
    while (here.is_there() || there.is_there()) {
        const bool only_here = here.is_there() && (!there.is_there() || here.key() < there.key());
        const bool only_there = there.is_there() && (!here.is_there() || there.key() < here.key());
        if (only_here || only_there || here.values() != there.values())
            fault(only_there ? there.key() : here.key());
        if (!only_there) here.next();
        if (!only_here) there.next();
    }
}

// Settings, keys, roster with confirmations, accounts, employers and warnings are what the history says.
void audit_campus(Core& core, Core& beside, AuditReport& report) {
    for (const CampusTable& table : campus_tables()) {
        try {
            replay_events(core, table.types, beside);
            audit_table(core, beside, table, report);
        } catch (const Fault&) {
            // An event that does not open is named by its chain already; what follows from it proves nothing.
            report.faults.push_back({std::string(table.name), "row_differs"});
        }
    }
}

// Of a chain that lost its end the rest is whole; what this node has said is noted beside it.
void audit_end(Core& core, AuditReport& report) {
    const std::int64_t head = core.head().number, said = core.said();
    if (head >= said) return;
    const Chain own{Bytes(core.node().device.bytes.begin(), core.node().device.bytes.end()),
                    core.node().epoch};
    report.faults.push_back({place_of(own, head + 1), "number_missing"});
}

void audit_rows(Core& core, Core& beside, AuditReport& report) {
    std::vector<Uuid> ids;
    auto select = core.sql(
        "SELECT id FROM registration UNION SELECT registration FROM event WHERE type = 'registration' AND"
        " (verdict IS NULL OR verdict = 'accepted') AND id NOT IN (SELECT event FROM conflict)");
    while (select.executeStep()) ids.push_back(uuid_from_bytes(bytes_at(select, 0)).value_or(Uuid{}));
    for (const Uuid& id : ids) {
        ++report.registrations;
        if (!row_agrees(core, beside, id))
            report.faults.push_back({"registration " + to_text(id), "row_differs"});
    }
}

void audit_pictures(Core& core, AuditReport& report) {
    Pictures pictures(core);
    std::vector<domain::Hash> hashes;
    auto select = core.sql("SELECT hash FROM picture WHERE here = 1");
    while (select.executeStep()) hashes.push_back(domain::hash_from(bytes_at(select, 0)));
    for (const domain::Hash& hash : hashes) {
        ++report.pictures;
        try {
            if (pictures.read(hash)) continue;
            report.faults.push_back({"picture " + to_hex(hash), "picture_missing"});
        } catch (const Fault&) {
            report.faults.push_back({"picture " + to_hex(hash), "picture_changed"});
        }
    }
}

}  // namespace

AuditReport Store::audit() {
    AuditReport report;
    audit_chains(*core_, report);
    audit_end(*core_, report);
    Core beside(core_->options(":memory:"));
    beside.set_node(core_->node());
    beside.transaction([&] {
        audit_campus(*core_, beside, report);
        audit_rows(*core_, beside, report);
    });
    audit_pictures(*core_, report);
    return report;
}

}  // namespace wq::store
