#include "sync/platform/school_tables.h"

#include "data/crypto/hash.h"
#include "data/domain/lifecycle.h"
#include "sync/platform/listing.h"

namespace wq::platform {
namespace {

using soci::into, soci::use;

constexpr std::string_view kRecord = kRecordPlace, kEmployer = "employer.form", kLinkPage = "link_page.page";

// The paper that is in force, 0 where none is.
std::int64_t in_force(const domain::Registration& record) {
    return record.paper && domain::holds_slot(record.state) ? record.paper->revision : 0;
}

bool ends_paper(const std::optional<domain::Registration>& before, const domain::Registration& after) {
    const std::int64_t was = before ? in_force(*before) : 0;
    return was ? was != in_force(after) : after.paper && !in_force(after);
}

Bytes bytes_of_form(const domain::Form& form) { return cbor::encode(domain::to_cbor(form)); }

cbor::Value decoded(const Bytes& bytes) { return cbor::decode(bytes).value_or(cbor::Value{}); }

}  // namespace

std::shared_ptr<const domain::Campus> CampusCache::find(const std::string& school, std::int64_t version) {
    const std::lock_guard lock(mutex_);
    const auto at = known_.find(school);
    return at != known_.end() && at->second.first == version ? at->second.second : nullptr;
}

void CampusCache::keep(const std::string& school, std::int64_t version,
                       std::shared_ptr<const domain::Campus> campus) {
    const std::lock_guard lock(mutex_);
    known_[school] = {version, std::move(campus)};
}

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

std::shared_ptr<const domain::Campus> SchoolTables::read_campus() {
    domain::Campus campus{domain::preset_settings()};
    campus.settings["school_code"] = school_;
    std::string name, value;
    sql() << "SELECT name FROM school WHERE school = :school", use(school_), into(name);
    campus.settings["school_name"] = name;
    soci::statement rows = (sql().prepare << "SELECT name, value FROM setting WHERE school = :school",
                            use(school_), into(name), into(value));
    rows.execute();
    while (rows.fetch()) campus.settings[name] = value;
    return std::make_shared<const domain::Campus>(std::move(campus));
}

const domain::Campus& SchoolTables::campus() {
    const bool is_shared = cache_ && !settings_changed_;
    if (!campus_ && is_shared) campus_ = cache_->find(school_, version_);
    if (campus_) return *campus_;
    campus_ = read_campus();
    if (is_shared) cache_->keep(school_, version_, campus_);
    return *campus_;
}

void SchoolTables::put_setting(const std::string& name, const std::string& value) {
    sql() << "INSERT INTO setting (school, name, value) VALUES (:school, :name, :value)"
             " ON CONFLICT (school, name) DO UPDATE SET value = excluded.value",
        use(school_), use(name), use(value);
    campus_.reset();
    settings_changed_ = true;
}

std::optional<domain::Graduate> SchoolTables::graduate(const std::string& exam_number) {
    const GraduateRow& row = graduate_row(exam_number);
    if (row.changes == 0) return std::nullopt;
    return row.graduate;
}

void SchoolTables::put_graduate(const domain::Form& base, std::int64_t feed) {
    GraduateRow& row = graduate_row(std::string(domain::value_of(base, "exam_number")));
    if (row.changes > 0 && row.graduate.base == base) return;
    row.graduate.base = base;
    row.graduate.revision = crypto::content_number(bytes_of_form(base));
    row.is_changed = true;
    row.since = feed;
    ++row.changes;
}

void SchoolTables::put_confirmation(const std::string& exam_number, Instant when) {
    GraduateRow& row = graduate_row(exam_number);
    if (row.changes == 0) return;
    row.graduate.confirmed_revision = row.graduate.revision;
    row.graduate.confirmed_at = when;
    row.is_confirmed_anew = true;
}

bool SchoolTables::has_expired_invitations(Instant now) {
    std::int64_t count = 0;
    sql() << "SELECT count(*) FROM registration WHERE school = :school AND state = 'invited'"
             " AND expires <= :now",
        use(school_), use(now.ms), into(count);
    return count > 0;
}

std::vector<domain::Registration> SchoolTables::expired_invitations(Instant now) {
    flush();
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
    flush();
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
    return record_row(id).record;
}

void SchoolTables::put(const domain::Registration& record, std::int64_t feed, const Branch& by) {
    RecordRow& row = record_row(record.id);
    list_changed_ |= ends_paper(row.record, record);
    if (!record.number.empty()) numbers_[record.number] = record.id;
    // Of all that was ever issued for a record, only its present paper can be in force.
    if (row.record && row.record->paper) papers_[record.id];
    if (record.paper || papers_.contains(record.id)) {
        for (auto& [revision, paper] : papers_[record.id]) paper.ended = true;
        if (record.paper)
            papers_[record.id][record.paper->revision] = {!domain::holds_slot(record.state),
                                                          hand_digits(*record.paper)};
    }
    row.record = record;
    row.since = feed;
    row.by = by;
    row.is_changed = true;
}

bool SchoolTables::knows_last_act(const Uuid& id, std::int64_t seen, const Branch& author) {
    RecordRow& row = record_row(id);
    if (row.since <= seen) return true;
    if (!row.by) row.by = author_of(row.since);
    return *row.by == author;
}

bool SchoolTables::is_number_free(const std::string& number, const Uuid& but_for) {
    if (number.empty()) return true;
    if (!numbers_.contains(number)) read_numbers({number});
    const auto& whose = numbers_[number];
    return !whose || *whose == but_for;
}

std::optional<Uuid> SchoolTables::slot_holder(const std::string& exam_number) {
    return slot_row(exam_number).holder;
}

bool SchoolTables::take_slot(const std::string& exam_number, const Uuid& registration, std::int64_t feed) {
    SlotRow& row = slot_row(exam_number);
    if (row.holder) return *row.holder == registration;
    row.holder = registration;
    row.since = feed;
    row.is_changed = true;
    return true;
}

void SchoolTables::release_slot(const std::string& exam_number, const Uuid& registration) {
    SlotRow& row = slot_row(exam_number);
    if (row.holder != registration) return;
    row.holder.reset();
    row.is_changed = true;
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
    list_changed_ = true;
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
