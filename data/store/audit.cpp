#include "data/store/audit.h"

#include "data/crypto/hash.h"
#include "data/store/core.h"
#include "data/store/projection.h"
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

// What is wrong with this link, or nothing.
const char* fault_of_link(const Core& core, const Chain& chain, SQLite::Statement& row) {
    const std::int64_t number = int_at(row, 2);
    const domain::Hash hash = domain::hash_from(bytes_at(row, 3));
    const auto bytes = core.sealer().open(bytes_at(row, 4), "event.bytes");
    if (!bytes || crypto::sm3(domain::chain_message(*bytes)) != hash) return "bytes_changed";
    const auto event = domain::decode_event(*bytes);
    if (!event || event->number != number || !std::ranges::equal(event->device.bytes, chain.device))
        return "bytes_changed";
    if (number != chain.last + 1) return "number_missing";
    if (event->previous != chain.hash) return "chain_broken";
    return nullptr;
}

void audit_chains(Core& core, AuditReport& report) {
    auto select =
        core.sql("SELECT device, epoch, number, hash, bytes FROM event ORDER BY device, epoch, number");
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

// The columns that lists and look-ups go by.
bool columns_agree(Core& core, const domain::Registration& record) {
    auto select = core.sql(
        "SELECT 1 FROM registration WHERE id = ? AND exam_number = ? AND kind = ? AND state = ? AND revision "
        "= ?"
        " AND coalesce(number, '') = ? AND employer_name = ? AND changed_ms = ?");
    bind_at(select, 1, record.id.view());
    bind_at(select, 2, record.exam_number);
    bind_at(select, 3, domain::name_of(record.kind));
    bind_at(select, 4, domain::name_of(record.state));
    select.bind(5, record.revision);
    bind_at(select, 6, record.number);
    bind_at(select, 7, std::string(domain::title_of(record.form)));
    select.bind(8, record.changed.ms);
    return select.executeStep();
}

// A row that does not open, or says something else than its events, was written by somebody else.
bool row_agrees(Core& core, const Uuid& id) {
    try {
        const auto record = fold_registration(core, id);
        return record == read_registration(core, id) && (!record || columns_agree(core, *record));
    } catch (const Fault&) {
        return false;
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

void audit_rows(Core& core, AuditReport& report) {
    std::vector<Uuid> ids;
    auto select = core.sql(
        "SELECT id FROM registration UNION SELECT registration FROM event WHERE type = 'registration' AND"
        " (verdict IS NULL OR verdict = 'accepted') AND id NOT IN (SELECT event FROM conflict)");
    while (select.executeStep()) ids.push_back(uuid_from_bytes(bytes_at(select, 0)).value_or(Uuid{}));
    for (const Uuid& id : ids) {
        ++report.registrations;
        if (!row_agrees(core, id)) report.faults.push_back({"registration " + to_text(id), "row_differs"});
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
    audit_rows(*core_, report);
    audit_pictures(*core_, report);
    return report;
}

}  // namespace wq::store
