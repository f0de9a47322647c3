#include "data/store/projection.h"

#include "data/base/utf8.h"
#include "data/crypto/hash.h"
#include "data/domain/graduate.h"
#include "data/domain/hand_code.h"
#include "data/domain/lifecycle.h"
#include "data/os/text.h"

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
    bind_at(statement, 8, base["level"].as_text());
    bind_at(statement, 9, os::pinyin_initials(base["name"].as_text()));
    statement.bind(10, crypto::content_number(encoded));
    bind_at(statement, 11, base["student_number"].as_text());
}

// The columns of the student's registrations that come from the roster.
void move_registrations(Core& core, const cbor::Value& base) {
    auto update = core.sql(
        "UPDATE registration SET department = ?2, level = ?3, student_name = ?4, initials = ?5 WHERE"
        " exam_number = ?1");
    bind_at(update, 1, base["exam_number"].as_text());
    bind_at(update, 2, base["department"].as_text());
    bind_at(update, 3, base["level"].as_text());
    bind_at(update, 4, base["name"].as_text());
    bind_at(update, 5, os::pinyin_initials(base["name"].as_text()));
    update.exec();
}

void project_roster(Core& core, const domain::Event& event) {
    for (const cbor::Value& base : event.body["graduates"].as_array()) {
        const Bytes encoded = cbor::encode(base);
        auto insert = core.sql(
            "INSERT INTO graduate (exam_number, name, department, resident_tag, mobile_tag, email_tag, base,"
            " level, initials, revision, student_number) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
            "?11)"
            " ON CONFLICT (exam_number) DO NOTHING");
        bind_graduate(core, insert, base, encoded);
        if (insert.exec() > 0) {
            move_registrations(core, base);
            continue;
        }
        if (is_known(core, base["exam_number"].as_text(), encoded)) continue;
        // With other data the revision is another, so that the graduate is asked to confirm again.
        auto update = core.sql(
            "UPDATE graduate SET name = ?2, department = ?3, resident_tag = ?4, mobile_tag = ?5,"
            " email_tag = ?6, base = ?7, level = ?8, initials = ?9, revision = ?10, student_number = ?11"
            " WHERE exam_number = ?1");
        bind_graduate(core, update, base, encoded);
        update.exec();
        move_registrations(core, base);
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
        if (entry["gone"].as_bool()) {
            auto remove = core.sql("DELETE FROM account WHERE account = ?");
            bind_at(remove, 1, entry["account"].as_text());
            remove.exec();
            continue;
        }
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

void want_picture(Core& core, const domain::Attachment& attachment) {
    auto upsert = core.sql(
        "INSERT INTO picture (hash, size, media_type, here, sent, wanted) VALUES (?, ?, ?, 0, 0, 1)"
        " ON CONFLICT (hash) DO UPDATE SET wanted = 1");
    bind_at(upsert, 1, attachment.picture);
    upsert.bind(2, attachment.size);
    bind_at(upsert, 3, attachment.media_type);
    upsert.exec();
}

void project_warning(Core& core, const domain::Event& event) {
    if (event.body["lifted"].as_bool()) {
        auto remove = core.sql("DELETE FROM warning WHERE credit_code = ?");
        bind_at(remove, 1, event.body["credit_code"].as_text());
        remove.exec();
        return;
    }
    auto upsert = core.sql(
        "INSERT INTO warning (credit_code, entry) VALUES (?, ?) ON CONFLICT (credit_code) DO UPDATE"
        " SET entry = excluded.entry");
    bind_at(upsert, 1, event.body["credit_code"].as_text());
    bind_at(upsert, 2, core.seal(cbor::encode(event.body), "warning.entry"));
    upsert.exec();
    for (const domain::Attachment& evidence : domain::attachments_from_cbor(event.body["evidence"]))
        want_picture(core, evidence);
}

// Only the node whose act lost has it as a conflict.
void project_settled(Core& core, const domain::Event& event) {
    forget_conflict(core, event.body["event"].as_bytes());
}

void project_shared_warning(Core& core, const domain::Event& event) {
    auto upsert = core.sql(
        "INSERT INTO shared_warning (credit_code, schools, categories) VALUES (?, ?, ?) ON CONFLICT "
        "(credit_code)"
        " DO UPDATE SET schools = excluded.schools, categories = excluded.categories");
    bind_at(upsert, 1, event.body["credit_code"].as_text());
    upsert.bind(2, event.body["schools"].as_int());
    bind_at(upsert, 3, event.body["categories"].as_text());
    upsert.exec();
}

void project_confirm(Core& core, const domain::Event& event) {
    // Where revisions were counted, the count differed from node to node: what stands here was meant.
    auto update = core.sql(
        "UPDATE graduate SET confirmed_revision = CASE WHEN ?1 < ?4 THEN revision ELSE ?1 END,"
        " confirmed_ms = ?2 WHERE exam_number = ?3");
    update.bind(1, event.body["roster_revision"].as_int());
    update.bind(2, event.when.ms);
    bind_at(update, 3, event.exam_number);
    update.bind(4, crypto::kFirstContentNumber);
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
    for (const domain::Attachment& attachment : domain::attachments_of(record))
        want_picture(core, attachment);
}

// The code that figures count it under while it is in force.
std::string destination_in_force(const domain::Registration& record) {
    if (record.state != domain::State::effective && record.state != domain::State::terminating) return {};
    return record.kind == domain::Kind::destination
               ? std::string(domain::value_of(record.form, "destination"))
               : "10";
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
    else if (event.type == domain::event_type::kWarning)
        project_warning(core, event);
    else if (event.type == domain::event_type::kDraft)
        project_draft(core, event);
    else if (event.type == domain::event_type::kSettled)
        project_settled(core, event);
    else if (event.type == domain::event_type::kSharedWarning)
        project_shared_warning(core, event);
}

void put_paper(Core& core, const Uuid& id, const domain::Paper& paper, bool ended) {
    auto upsert = core.sql(
        "INSERT INTO paper (registration, revision, digest, ended) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (registration, revision) DO UPDATE SET digest = excluded.digest, ended = "
        "excluded.ended");
    bind_at(upsert, 1, id.view());
    upsert.bind(2, paper.revision);
    upsert.bind(3, static_cast<std::int64_t>(domain::hand_code(paper.digest, 1).digest));
    upsert.bind(4, ended ? 1 : 0);
    upsert.exec();
}

// Of all that was ever issued for a record, only its present paper can be in force.
void end_papers(Core& core, const Uuid& id) {
    auto update = core.sql("UPDATE paper SET ended = 1 WHERE registration = ? AND ended = 0");
    bind_at(update, 1, id.view());
    update.exec();
}

void write_registration(Core& core, const domain::Registration& record) {
    auto upsert = core.sql(
        "INSERT INTO registration (id, exam_number, kind, state, revision, number, employer_name, changed_ms,"
        " department, level, student_name, initials, waits_for, flagged, destination, in_force_day, record)"
        " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, coalesce(g.department, ''), coalesce(g.level, ''),"
        " coalesce(g.name, ''), coalesce(g.initials, ''), ?9, ?10, ?11, ?12, ?13"
        " FROM (SELECT 1) LEFT JOIN graduate g ON g.exam_number = ?2 WHERE true"
        " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, state = excluded.state,"
        " revision = excluded.revision, number = excluded.number, employer_name = excluded.employer_name,"
        " changed_ms = excluded.changed_ms, department = excluded.department, level = excluded.level,"
        " student_name = excluded.student_name, initials = excluded.initials,"
        " waits_for = excluded.waits_for, flagged = excluded.flagged, destination = excluded.destination,"
        " in_force_day = excluded.in_force_day, record = excluded.record");
    const std::string title = std::string(domain::title_of(record.form));
    const std::string destination = destination_in_force(record);
    const auto waits_for = domain::awaited(record);
    bind_at(upsert, 1, record.id.view());
    bind_at(upsert, 2, record.exam_number);
    bind_at(upsert, 3, domain::name_of(record.kind));
    bind_at(upsert, 4, domain::name_of(record.state));
    upsert.bind(5, record.revision);
    if (!record.number.empty()) bind_at(upsert, 6, record.number);
    bind_at(upsert, 7, title);
    upsert.bind(8, record.changed.ms);
    bind_at(upsert, 9, waits_for ? domain::name_of(*waits_for) : "");
    upsert.bind(10, domain::flags_of(record).empty() ? 0 : 1);
    bind_at(upsert, 11, destination);
    upsert.bind(12, destination.empty() ? 0 : days_since_1970(day_in_china(record.effective)));
    bind_at(upsert, 13, core.seal(cbor::encode(domain::to_cbor(record)), "registration.record"));
    upsert.exec();
    auto name = core.sql("INSERT OR IGNORE INTO registered_employer (name) VALUES (?)");
    bind_at(name, 1, title);
    name.exec();
    end_papers(core, record.id);
    if (record.paper) put_paper(core, record.id, *record.paper, !domain::holds_slot(record.state));
    want_pictures(core, record);
}

std::optional<domain::Registration> read_registration(Core& core, const Uuid& id) {
    auto select = core.sql("SELECT record FROM registration WHERE id = ?");
    bind_at(select, 1, id.view());
    if (!select.executeStep()) return std::nullopt;
    return domain::registration_from_cbor(core.unseal_cbor(bytes_at(select, 0), "registration.record"));
}

}  // namespace wq::store
