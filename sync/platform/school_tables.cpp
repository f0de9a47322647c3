#include "sync/platform/school_tables.h"

#include "data/crypto/hash.h"
#include "sync/platform/listing.h"

namespace wq::platform {
namespace {

using soci::into, soci::use;

constexpr std::string_view kGraduate = kGraduatePlace, kRecord = kRecordPlace, kEmployer = "employer.form",
                           kLinkPage = "link_page.page";

Bytes bytes_of_form(const domain::Form& form) { return cbor::encode(domain::to_cbor(form)); }

cbor::Value decoded(const Bytes& bytes) { return cbor::decode(bytes).value_or(cbor::Value{}); }

}  // namespace

void SchoolTables::put_warning(const std::string& credit_code, const std::string& category) {
    sql() << "DELETE FROM warning WHERE school = :school AND credit_code = :code", use(school_),
        use(credit_code);
    if (category.empty()) return;
    sql() << "INSERT INTO warning (school, credit_code, category) VALUES (:school, :code, :category)",
        use(school_), use(credit_code), use(category);
}

bool SchoolTables::has_settings() {
    std::int64_t count = 0;
    sql() << "SELECT count(*) FROM setting WHERE school = :school", use(school_), into(count);
    return count > 0;
}

const domain::Campus& SchoolTables::campus() {
    if (campus_) return *campus_;
    campus_.emplace(domain::Campus{domain::preset_settings()});
    campus_->settings["school_code"] = school_;
    std::string name, value;
    sql() << "SELECT name FROM school WHERE school = :school", use(school_), into(name);
    campus_->settings["school_name"] = name;
    soci::statement rows = (sql().prepare << "SELECT name, value FROM setting WHERE school = :school",
                            use(school_), into(name), into(value));
    rows.execute();
    while (rows.fetch()) campus_->settings[name] = value;
    return *campus_;
}

void SchoolTables::put_setting(const std::string& name, const std::string& value) {
    sql() << "INSERT INTO setting (school, name, value) VALUES (:school, :name, :value)"
             " ON CONFLICT (school, name) DO UPDATE SET value = excluded.value",
        use(school_), use(name), use(value);
    campus_.reset();
}

std::optional<domain::Graduate> SchoolTables::graduate(const std::string& exam_number) {
    domain::Graduate graduate;
    std::int64_t count = 0, confirmed = 0;
    std::string base;
    sql() << "SELECT revision, confirmed_revision, confirmed_at, base FROM graduate"
             " WHERE school = :school AND exam_number = :exam_number",
        use(school_), use(exam_number), into(count), into(confirmed), into(graduate.confirmed_at.ms),
        into(base);
    if (!sql().got_data()) return std::nullopt;
    const Bytes content = database_->open(base, kGraduate);
    graduate.base = domain::form_from_cbor(decoded(content));
    // The row counts its changes; everybody else knows the revision by what the data are.
    graduate.revision = crypto::content_number(content);
    graduate.confirmed_revision = confirmed == count ? graduate.revision : 0;
    return graduate;
}

void SchoolTables::put_graduate(const domain::Form& base) {
    const std::string exam_number(domain::value_of(base, "exam_number"));
    if (const auto known = graduate(exam_number); known && known->base == base) return;
    const std::string sealed = database_->seal(bytes_of_form(base), kGraduate);
    const ListedGraduate row = listed(*database_, base);
    sql() << "INSERT INTO graduate (school, exam_number, revision, confirmed_revision, confirmed_at, base,"
             " department, level, name_tag, student_tag) VALUES (:school, :exam_number, 1, 0, 0, :base,"
             " :department, :level, :name, :number) ON CONFLICT (school, exam_number)"
             " DO UPDATE SET revision = graduate.revision + 1, base = excluded.base,"
             " department = excluded.department, level = excluded.level, name_tag = excluded.name_tag,"
             " student_tag = excluded.student_tag",
        use(school_), use(exam_number), use(sealed), use(row.department), use(row.level), use(row.name_tag),
        use(row.student_tag);
}

void SchoolTables::put_confirmation(const std::string& exam_number, Instant when) {
    sql() << "UPDATE graduate SET confirmed_revision = revision, confirmed_at = :confirmed_at"
             " WHERE school = :school AND exam_number = :exam_number",
        use(when.ms), use(school_), use(exam_number);
}

std::vector<domain::Registration> SchoolTables::expired_invitations(Instant now) {
    std::string record;
    std::vector<domain::Registration> expired;
    soci::statement rows = (sql().prepare << "SELECT record FROM registration WHERE school = :school"
                                             " AND state = 'invited' AND expires <= :now",
                            use(school_), use(now.ms), into(record));
    rows.execute();
    while (rows.fetch())
        if (auto invited = domain::registration_from_cbor(decoded(database_->open(record, kRecord))))
            expired.push_back(std::move(*invited));
    return expired;
}

std::optional<domain::Registration> SchoolTables::invitation(const std::string& exam_number,
                                                             const std::string& credit_code) {
    std::string record;
    soci::statement rows = (sql().prepare << "SELECT record FROM registration WHERE school = :school"
                                             " AND exam_number = :exam_number AND state = 'invited'",
                            use(school_), use(exam_number), into(record));
    rows.execute();
    while (rows.fetch()) {
        auto invited = domain::registration_from_cbor(decoded(database_->open(record, kRecord)));
        if (invited && domain::value_of(invited->form, "credit_code") == credit_code) return invited;
    }
    return std::nullopt;
}

std::optional<domain::Registration> SchoolTables::registration(const Uuid& id) {
    const std::string key = to_text(id);
    std::string record;
    sql() << "SELECT record FROM registration WHERE school = :school AND registration = :id", use(school_),
        use(key), into(record);
    if (!sql().got_data()) return std::nullopt;
    return domain::registration_from_cbor(decoded(database_->open(record, kRecord)));
}

void SchoolTables::put(const domain::Registration& record, std::int64_t feed) {
    const std::string key = to_text(record.id), kind(domain::name_of(record.kind)),
                      state(domain::name_of(record.state));
    const std::string sealed = database_->seal(cbor::encode(domain::to_cbor(record)), kRecord);
    const ListedRecord row = listed(record);
    sql() << "INSERT INTO registration"
             " (school, registration, exam_number, kind, state, revision, number, since, expires, record,"
             " employer, title, destination, in_force_day, changed)"
             " VALUES (:school, :id, :exam_number, :kind, :state, :revision, :number, :since, :expires,"
             " :record, :employer, :title, :destination, :day, :changed)"
             " ON CONFLICT (school, registration) DO UPDATE SET state = excluded.state,"
             " revision = excluded.revision, number = excluded.number, since = excluded.since,"
             " expires = excluded.expires, record = excluded.record, employer = excluded.employer,"
             " title = excluded.title, destination = excluded.destination,"
             " in_force_day = excluded.in_force_day, changed = excluded.changed",
        use(school_), use(key), use(record.exam_number), use(kind), use(state), use(record.revision),
        use(record.number), use(feed), use(record.expires.ms), use(sealed), use(row.employer), use(row.title),
        use(row.destination), use(row.in_force_day), use(record.changed.ms);
    // Of all that was ever issued for a record, only its present paper can be in force.
    sql() << "UPDATE paper SET ended = 1 WHERE school = :school AND registration = :id AND ended = 0",
        use(school_), use(key);
    if (record.paper) database_->put_paper(school_, key, *record.paper, !domain::holds_slot(record.state));
}

bool SchoolTables::is_number_free(const std::string& number, const Uuid& but_for) {
    const std::string key = to_text(but_for);
    int others = 0;
    sql() << "SELECT count(*) FROM registration"
             " WHERE school = :school AND number = :number AND number <> '' AND registration <> :id",
        use(school_), use(number), use(key), into(others);
    return others == 0;
}

std::optional<Uuid> SchoolTables::slot_holder(const std::string& exam_number) {
    std::string holder;
    sql() << "SELECT registration FROM slot WHERE school = :school AND exam_number = :exam_number",
        use(school_), use(exam_number), into(holder);
    if (!sql().got_data()) return std::nullopt;
    return uuid_from_text(holder);
}

bool SchoolTables::take_slot(const std::string& exam_number, const Uuid& registration, std::int64_t feed) {
    const std::string key = to_text(registration);
    sql() << "INSERT INTO slot (school, exam_number, registration, since)"
             " VALUES (:school, :exam_number, :id, :since) ON CONFLICT (school, exam_number) DO NOTHING",
        use(school_), use(exam_number), use(key), use(feed);
    return slot_holder(exam_number) == registration;
}

void SchoolTables::release_slot(const std::string& exam_number, const Uuid& registration) {
    const std::string key = to_text(registration);
    sql() << "DELETE FROM slot WHERE school = :school AND exam_number = :exam_number AND registration = :id",
        use(school_), use(exam_number), use(key);
}

void SchoolTables::put_employer(const domain::Form& form) {
    const std::string code(domain::value_of(form, "credit_code"));
    const std::string sealed = database_->seal(bytes_of_form(form), kEmployer);
    sql() << "INSERT INTO employer (school, credit_code, form) VALUES (:school, :code, :form)"
             " ON CONFLICT (school, credit_code) DO UPDATE SET form = excluded.form",
        use(school_), use(code), use(sealed);
}

std::string SchoolTables::employer_name_in_directory(Database& database, const std::string& credit_code) {
    std::string sealed;
    database.sql() << "SELECT form FROM employer WHERE credit_code = :code LIMIT 1", use(credit_code),
        into(sealed);
    if (!database.sql().got_data()) return {};
    return std::string(
        domain::value_of(domain::form_from_cbor(decoded(database.open(sealed, kEmployer))), "employer_name"));
}

void SchoolTables::put_account(const cbor::Value& account) {
    sql() << "INSERT INTO account (school, account, role, department, display_name, verifier)"
             " VALUES (:school, :account, :role, :department, :display_name, :verifier)"
             " ON CONFLICT (school, account) DO UPDATE SET role = excluded.role,"
             " department = excluded.department, display_name = excluded.display_name,"
             " verifier = excluded.verifier",
        use(school_), use(account["account"].as_text()), use(account["role"].as_text()),
        use(account["department"].as_text()), use(account["display_name"].as_text()),
        use(account["verifier"].as_text());
}

void SchoolTables::put_trusted_key(const crypto::TrustedKey& key) {
    const std::string spki = to_hex(key.spki), entry = to_base64(cbor::encode(crypto::to_cbor(key)));
    sql() << "INSERT INTO trusted_key (school, spki, entry) VALUES (:school, :spki, :entry)"
             " ON CONFLICT (school, spki) DO UPDATE SET entry = excluded.entry",
        use(school_), use(spki), use(entry);
}

crypto::TrustList SchoolTables::trust() {
    crypto::TrustList trust;
    std::string entry;
    soci::statement rows =
        (sql().prepare << "SELECT entry FROM trusted_key WHERE school = :school", use(school_), into(entry));
    rows.execute();
    while (rows.fetch()) {
        const auto added =
            trust.add(crypto::trusted_key_from_cbor(decoded(from_base64(entry).value_or(Bytes{}))));
        if (!added) throw Fault("a trusted key can't be read");
    }
    return trust;
}

void SchoolTables::put_print(const Uuid& registration, std::int64_t feed, std::int64_t paper_revision,
                             std::int64_t copy) {
    const std::string key = to_text(registration);
    sql() << "INSERT INTO printed (school, registration, feed, paper_revision, copy)"
             " VALUES (:school, :id, :feed, :paper_revision, :copy)",
        use(school_), use(key), use(feed), use(paper_revision), use(copy);
}

void SchoolTables::put_link_page(const Uuid& registration, std::int64_t paper_revision,
                                 const domain::ReturnedPage& page) {
    const std::string key = to_text(registration),
                      sealed = database_->seal(cbor::encode(domain::to_cbor(page)), kLinkPage);
    sql() << "INSERT INTO link_page (school, registration, paper_revision, page, entry)"
             " VALUES (:school, :id, :paper_revision, :page, :entry)"
             " ON CONFLICT (school, registration, paper_revision, page) DO UPDATE SET entry = excluded.entry",
        use(school_), use(key), use(paper_revision), use(page.page), use(sealed);
}

std::vector<domain::ReturnedPage> SchoolTables::link_pages(const Uuid& registration,
                                                           std::int64_t paper_revision) {
    const std::string key = to_text(registration);
    std::string entry;
    std::vector<domain::ReturnedPage> pages;
    soci::statement rows = (sql().prepare << "SELECT entry FROM link_page WHERE school = :school AND"
                                             " registration = :id AND paper_revision = :paper_revision"
                                             " ORDER BY page",
                            use(school_), use(key), use(paper_revision), into(entry));
    rows.execute();
    while (rows.fetch())
        pages.push_back(domain::returned_page_from_cbor(decoded(database_->open(entry, kLinkPage))));
    return pages;
}

void SchoolTables::clear_link_pages(const Uuid& registration) {
    const std::string key = to_text(registration);
    sql() << "DELETE FROM link_page WHERE school = :school AND registration = :id", use(school_), use(key);
}

std::int64_t SchoolTables::count_graduates() {
    std::int64_t count = 0;
    sql() << "SELECT count(*) FROM graduate WHERE school = :school", use(school_), into(count);
    return count;
}

std::int64_t SchoolTables::count_registrations() {
    std::int64_t count = 0;
    sql() << "SELECT count(*) FROM registration WHERE school = :school", use(school_), into(count);
    return count;
}

}  // namespace wq::platform
