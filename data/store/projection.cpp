#include "data/store/projection.h"

#include "data/base/utf8.h"
#include "data/domain/graduate.h"
#include "data/domain/lifecycle.h"

namespace wq::store {
namespace {

void bind_tag(Core& core, SQLite::Statement& statement, int index, const cbor::Value& base,
              std::string_view key) {
    // An e-mail is one and the same in any case of letters; the other two have none.
    const std::string value = to_lower_ascii(base[key].as_text());
    if (!value.empty())
        bind_at(statement, index,
                core.sealer().lookup_tag(value, std::string("graduate.") + std::string(key)));
}

bool is_known(Core& core, std::string_view exam_number, const Bytes& base) {
    auto select = core.sql("SELECT base FROM graduate WHERE exam_number = ?");
    bind_at(select, 1, exam_number);
    return select.executeStep() && core.unseal(bytes_at(select, 0), "graduate.base") == base;
}

void bind_graduate(Core& core, SQLite::Statement& statement, const cbor::Value& base, const Bytes& encoded) {
    bind_at(statement, 1, base["exam_number"].as_text());
    bind_at(statement, 2, base["name"].as_text());
    bind_at(statement, 3, base["department"].as_text());
    bind_tag(core, statement, 4, base, "resident_id");
    bind_tag(core, statement, 5, base, "mobile");
    bind_tag(core, statement, 6, base, "email");
    bind_at(statement, 7, core.seal(encoded, "graduate.base"));
}

void project_roster(Core& core, const domain::Event& event) {
    for (const cbor::Value& base : event.body["graduates"].as_array()) {
        const Bytes encoded = cbor::encode(base);
        auto insert = core.sql(
            "INSERT INTO graduate (exam_number, name, department, resident_tag, mobile_tag, email_tag, base,"
            " revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1) ON CONFLICT (exam_number) DO NOTHING");
        bind_graduate(core, insert, base, encoded);
        if (insert.exec() > 0) continue;
        if (is_known(core, base["exam_number"].as_text(), encoded)) continue;
        // The revision grows when the data change, so that the graduate is asked to confirm again.
        auto update = core.sql(
            "UPDATE graduate SET name = ?2, department = ?3, resident_tag = ?4, mobile_tag = ?5,"
            " email_tag = ?6, base = ?7, revision = revision + 1 WHERE exam_number = ?1");
        bind_graduate(core, update, base, encoded);
        update.exec();
    }
}

void project_employers(Core& core, const domain::Event& event) {
    for (const cbor::Value& entry : event.body["employers"].as_array()) {
        auto upsert = core.sql(
            "INSERT INTO employer (credit_code, name, entry) VALUES (?, ?, ?) ON CONFLICT (credit_code) DO "
            "UPDATE"
            " SET name = excluded.name, entry = excluded.entry");
        bind_at(upsert, 1, entry["credit_code"].as_text());
        bind_at(upsert, 2, entry["employer_name"].as_text());
        bind_at(upsert, 3, core.seal(cbor::encode(entry), "employer.entry"));
        upsert.exec();
    }
}

void project_accounts(Core& core, const domain::Event& event) {
    for (const cbor::Value& entry : event.body["accounts"].as_array()) {
        auto upsert = core.sql(
            "INSERT INTO account (account, role, department, display_name, verifier) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (account) DO UPDATE SET role = excluded.role, department = excluded.department,"
            " display_name = excluded.display_name, verifier = excluded.verifier");
        bind_at(upsert, 1, entry["account"].as_text());
        bind_at(upsert, 2, entry["role"].as_text());
        bind_at(upsert, 3, entry["department"].as_text());
        bind_at(upsert, 4, entry["display_name"].as_text());
        bind_at(upsert, 5, entry["verifier"].as_text());
        upsert.exec();
    }
}

void project_settings(Core& core, const domain::Event& event) {
    for (const auto& [key, value] : event.body["settings"].as_map()) {
        auto upsert = core.sql(
            "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = "
            "excluded.value");
        bind_at(upsert, 1, key);
        bind_at(upsert, 2, value.as_text());
        upsert.exec();
    }
}

void project_trust(Core& core, const domain::Event& event) {
    for (const cbor::Value& entry : event.body["keys"].as_array()) {
        auto upsert = core.sql(
            "INSERT INTO trusted_key (spki, entry) VALUES (?, ?) ON CONFLICT (spki) DO UPDATE SET entry = "
            "excluded.entry");
        bind_at(upsert, 1, entry["spki"].as_bytes());
        bind_at(upsert, 2, cbor::encode(entry));
        upsert.exec();
    }
}

void project_confirm(Core& core, const domain::Event& event) {
    auto update =
        core.sql("UPDATE graduate SET confirmed_revision = ?, confirmed_ms = ? WHERE exam_number = ?");
    update.bind(1, event.body["roster_revision"].as_int());
    update.bind(2, event.when.ms);
    bind_at(update, 3, event.exam_number);
    update.exec();
}

void project_print(Core& core, const domain::Event& event) {
    // Two offline nodes may have printed a copy of the same number; both stand in the history.
    auto insert = core.sql(
        "INSERT OR IGNORE INTO print (registration, copy, paper_revision, when_ms) VALUES (?, ?, ?, ?)");
    bind_at(insert, 1, event.registration.view());
    insert.bind(2, event.body["copy"].as_int());
    insert.bind(3, event.body["paper_revision"].as_int());
    insert.bind(4, event.when.ms);
    insert.exec();
}

void want_pictures(Core& core, const domain::Registration& record) {
    for (const domain::ReturnedPage& page : record.pages) {
        auto upsert = core.sql(
            "INSERT INTO picture (hash, size, media_type, here, sent, wanted) VALUES (?, ?, ?, 0, 0, 1)"
            " ON CONFLICT (hash) DO UPDATE SET wanted = 1");
        bind_at(upsert, 1, page.picture);
        upsert.bind(2, page.size);
        bind_at(upsert, 3, page.media_type);
        upsert.exec();
    }
}

struct LoggedAct {
    domain::Event event;
    bool answered;
};

std::vector<LoggedAct> acts_on(Core& core, const Uuid& id) {
    auto select = core.sql(
        "SELECT bytes, verdict FROM event WHERE registration = ? AND type = 'registration'"
        " AND (verdict IS NULL OR verdict = 'accepted')"
        " AND id NOT IN (SELECT event FROM conflict)"
        " ORDER BY feed IS NULL, feed, seq");
    bind_at(select, 1, id.view());
    std::vector<LoggedAct> acts;
    while (select.executeStep()) {
        auto event = domain::decode_event(core.unseal(bytes_at(select, 0), "event.bytes"));
        if (!event) throw Fault("an event in the log is not readable");
        acts.push_back({std::move(*event), !select.isColumnNull(1)});
    }
    return acts;
}

domain::Registration empty_record(const domain::Event& event) {
    domain::Registration record;
    record.id = event.registration;
    record.exam_number = event.exam_number;
    record.initiator = event.actor.role;
    return record;
}

}  // namespace

void project(Core& core, const domain::Event& event) {
    if (event.type == domain::event_type::kRoster)
        project_roster(core, event);
    else if (event.type == domain::event_type::kEmployers)
        project_employers(core, event);
    else if (event.type == domain::event_type::kAccounts)
        project_accounts(core, event);
    else if (event.type == domain::event_type::kSettings)
        project_settings(core, event);
    else if (event.type == domain::event_type::kTrust)
        project_trust(core, event);
    else if (event.type == domain::event_type::kConfirm)
        project_confirm(core, event);
    else if (event.type == domain::event_type::kPrint)
        project_print(core, event);
}

void write_registration(Core& core, const domain::Registration& record) {
    auto upsert = core.sql(
        "INSERT INTO registration (id, exam_number, kind, state, revision, number, employer_name, record, "
        "changed_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET kind = excluded.kind,"
        " state = excluded.state, revision = excluded.revision, number = excluded.number,"
        " employer_name = excluded.employer_name, record = excluded.record, changed_ms = "
        "excluded.changed_ms");
    bind_at(upsert, 1, record.id.view());
    bind_at(upsert, 2, record.exam_number);
    bind_at(upsert, 3, domain::name_of(record.kind));
    bind_at(upsert, 4, domain::name_of(record.state));
    upsert.bind(5, record.revision);
    if (!record.number.empty()) bind_at(upsert, 6, record.number);
    bind_at(upsert, 7, domain::value_of(record.form, "employer_name"));
    bind_at(upsert, 8, core.seal(cbor::encode(domain::to_cbor(record)), "registration.record"));
    upsert.bind(9, record.changed.ms);
    upsert.exec();
    want_pictures(core, record);
}

std::optional<domain::Registration> read_registration(Core& core, const Uuid& id) {
    auto select = core.sql("SELECT record FROM registration WHERE id = ?");
    bind_at(select, 1, id.view());
    if (!select.executeStep()) return std::nullopt;
    return domain::registration_from_cbor(core.unseal_cbor(bytes_at(select, 0), "registration.record"));
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
        auto after = fits ? domain::replay(*record, act.event.body, act.event.when)
                          : Result<domain::Registration>(refuse("changed_meanwhile"));
        if (after) {
            record = std::move(*after);
        } else {
            add_conflict(core, act.event, after.error().code);
            ++conflicts;
        }
    }
    if (record && record->revision > 0) {
        write_registration(core, *record);
    } else {
        // Its first act was refused: nothing of it stands; what was typed is kept in the conflict's event.
        auto remove = core.sql("DELETE FROM registration WHERE id = ?");
        bind_at(remove, 1, id.view());
        remove.exec();
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

}  // namespace wq::store
