#include "data/store/balances.h"

#include "data/base/cbor.h"
#include "data/store/core.h"
#include "data/store/pictures.h"

#include <algorithm>
#include <map>
#include <vector>

namespace wq::store {
namespace {

struct Row {
    domain::Event event;
    std::string verdict;
    std::int64_t epoch = 0;
};

std::vector<Row> own_rows(Core& core, Day day) {
    const std::int64_t from = midnight_in_china(day).ms;
    auto select = core.sql(
        "SELECT bytes, coalesce(verdict, ''), epoch FROM event WHERE own = 1 AND when_ms >= ? AND when_ms < ?"
        " ORDER BY seq");
    select.bind(1, from);
    select.bind(2, from + kDay);
    std::vector<Row> rows;
    while (select.executeStep()) {
        auto event = domain::decode_event(core.unseal(bytes_at(select, 0), "event.bytes"));
        if (!event) throw Fault("an event in the log is not readable");
        rows.push_back({std::move(*event), text_at(select, 1), int_at(select, 2)});
    }
    return rows;
}

void count(Balance& balance, const Row& row) {
    ++balance.said;
    ++(row.verdict.empty()         ? balance.waiting
       : row.verdict == "accepted" ? balance.accepted
       : row.verdict == "rejected" ? balance.rejected
                                   : balance.quarantined);
    if (!row.verdict.empty() && row.epoch < kAdrift) ++balance.sent;
    const cbor::Value& body = row.event.body;
    if (row.event.type == domain::event_type::kPrint) ++balance.printed;
    if (row.event.type != domain::event_type::kRegistration) return;
    if (body["action"].as_text() == "return_paper") ++balance.returned;
    if (body["to"].as_text() == "void") ++balance.voided;
}

// The first number that is not there between those of the day, chain by chain.
std::string missing_event(Core& core, const std::vector<Row>& rows) {
    std::map<std::pair<Uuid, std::int64_t>, std::pair<std::int64_t, std::int64_t>> chains;
    for (const Row& row : rows) {
        const std::int64_t number = row.event.number;
        auto& [least, most] = chains.try_emplace({row.event.device, row.epoch}, number, number).first->second;
        least = std::min(least, number), most = std::max(most, number);
    }
    for (const auto& [chain, ends] : chains) {
        auto select = core.sql(
            "SELECT number FROM event WHERE device = ? AND epoch = ? AND number BETWEEN ? AND ?"
            " ORDER BY number");
        bind_at(select, 1, chain.first.view());
        select.bind(2, chain.second);
        select.bind(3, ends.first);
        select.bind(4, ends.second);
        for (std::int64_t expected = ends.first; select.executeStep(); ++expected)
            if (int_at(select, 0) != expected) return "event " + std::to_string(expected);
    }
    const std::int64_t head = core.head().number;
    return head < core.said() ? "event " + std::to_string(head + 1) : "";
}

bool has(Core& core, std::string_view sql, ByteView key, std::int64_t number) {
    auto select = core.sql(sql);
    bind_at(select, 1, key);
    select.bind(2, number);
    return select.executeStep();
}

std::string missing_paper(Core& core, const Row& row) {
    const std::int64_t revision = row.event.body["paper_revision"].as_int();
    if (has(core, "SELECT 1 FROM paper WHERE registration = ? AND revision = ?",
            row.event.registration.view(), revision))
        return "";
    return "print " + to_text(row.event.registration) + " " + std::to_string(row.event.body["copy"].as_int());
}

bool is_whole(const Pictures& pictures, const Bytes& hash) {
    try {
        return pictures.read(domain::hash_from(hash)).has_value();
    } catch (const Fault&) {
        return false;
    }
}

std::string missing_picture(Core& core, const Row& row) {
    for (const cbor::Value& page : row.event.body["pages"].as_array())
        if (const Bytes& hash = page["picture"].as_bytes(); !hash.empty() && !is_whole(Pictures(core), hash))
            return "picture " + to_hex(hash);
    return "";
}

std::string missing_beside(Core& core, const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        std::string missing;
        if (row.event.type == domain::event_type::kPrint) missing = missing_paper(core, row);
        if (row.event.body.has("pages")) missing = missing_picture(core, row);
        if (!missing.empty()) return missing;
    }
    return "";
}

std::string unfinished_print(Core& core, Day day) {
    const std::int64_t from = midnight_in_china(day).ms;
    auto select = core.sql(
        "SELECT registration, copy FROM print_begun WHERE begun_ms >= ? AND begun_ms < ? ORDER BY begun_ms");
    select.bind(1, from);
    select.bind(2, from + kDay);
    if (!select.executeStep()) return "";
    return "unfinished " + to_text(uuid_from_bytes(bytes_at(select, 0)).value_or(Uuid{})) + " " +
           std::to_string(int_at(select, 1));
}

cbor::Value to_cbor(const Balance& b) {
    cbor::Value value;
    value.set("said", b.said).set("accepted", b.accepted).set("rejected", b.rejected);
    value.set("quarantined", b.quarantined).set("waiting", b.waiting).set("sent", b.sent);
    value.set("printed", b.printed).set("returned", b.returned).set("voided", b.voided);
    value.set("missing", b.missing);
    return value;
}

Balance balance_from(SQLite::Statement& row) {
    const auto value = cbor::decode(bytes_at(row, 2));
    if (!value) throw Fault("a closed balance is not readable");
    const cbor::Value& v = *value;
    return {day_from_iso(text_at(row, 0)).value_or(Day{}),
            v["said"].as_int(),
            v["accepted"].as_int(),
            v["rejected"].as_int(),
            v["quarantined"].as_int(),
            v["waiting"].as_int(),
            v["sent"].as_int(),
            v["printed"].as_int(),
            v["returned"].as_int(),
            v["voided"].as_int(),
            {int_at(row, 1)},
            v["missing"].as_text()};
}

}  // namespace

Balance Balances::of(Day day) const {
    Balance balance;
    balance.day = day;
    const auto rows = own_rows(*core_, day);
    for (const Row& row : rows) count(balance, row);
    balance.missing = missing_event(*core_, rows);
    if (balance.missing.empty()) balance.missing = missing_beside(*core_, rows);
    if (balance.missing.empty()) balance.missing = unfinished_print(*core_, day);
    const auto before = closed(day);
    if (!before) return balance;
    balance.closed = before->closed;
    if (balance.missing.empty() && balance.said < before->said)
        balance.missing = "closing " + std::to_string(before->said - balance.said);
    return balance;
}

Balance Balances::close(Day day) {
    return core_->transaction([&] {
        Balance balance = of(day);
        const auto before = closed(day);
        balance.closed = core_->now();
        Balance kept = balance;
        if (before) kept.said = std::max(kept.said, before->said);
        auto upsert = core_->sql(
            "INSERT INTO balance (day, closed_ms, entry) VALUES (?, ?, ?) ON CONFLICT (day) DO UPDATE"
            " SET closed_ms = excluded.closed_ms, entry = excluded.entry");
        bind_at(upsert, 1, to_iso(day));
        upsert.bind(2, balance.closed.ms);
        bind_at(upsert, 3, cbor::encode(to_cbor(kept)));
        upsert.exec();
        return balance;
    });
}

std::optional<Balance> Balances::closed(Day day) const {
    auto select = core_->sql("SELECT day, closed_ms, entry FROM balance WHERE day = ?");
    bind_at(select, 1, to_iso(day));
    return select.executeStep() ? std::optional(balance_from(select)) : std::nullopt;
}

std::optional<Balance> Balances::last_closed() const {
    auto select = core_->sql("SELECT day, closed_ms, entry FROM balance ORDER BY day DESC LIMIT 1");
    return select.executeStep() ? std::optional(balance_from(select)) : std::nullopt;
}

}  // namespace wq::store
