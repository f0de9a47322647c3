#include "sync/platform/schema.h"

#include "data/base/cbor.h"
#include "data/domain/event.h"
#include "data/domain/lifecycle.h"
#include "sync/platform/employers.h"
#include "sync/platform/listing.h"
#include "sync/platform/school_tables.h"
#include "sync/platform/web/tables.h"

#include <array>
#include <optional>
#include <vector>

namespace wq::platform {
namespace {

constexpr int kSchema = 10;
constexpr std::string_view kSealPlace = "seal.check";

constexpr std::string_view kTables[] = {
    "CREATE TABLE school (school TEXT PRIMARY KEY, name TEXT NOT NULL)",
    // A code is kept as its hash; device and epoch tell who used it, so that a lost answer can be repeated.
    "CREATE TABLE enrol_code (school TEXT NOT NULL, code_hash TEXT NOT NULL, valid_until BIGINT NOT NULL,"
    " device TEXT NOT NULL, epoch BIGINT NOT NULL, PRIMARY KEY (school, code_hash))",
    "CREATE TABLE node (school TEXT NOT NULL, device TEXT NOT NULL, epoch BIGINT NOT NULL,"
    " number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 999), public_key TEXT NOT NULL,"
    " state TEXT NOT NULL CHECK (state IN ('active', 'quarantined', 'revoked')), reason TEXT NOT NULL,"
    " last BIGINT NOT NULL, chain TEXT NOT NULL, enrolled BIGINT NOT NULL,"
    " PRIMARY KEY (school, device, epoch))",
    // Numbers of the feed come from this row, updated in the transaction that uses them: a sequence would let
    // a reader pass over a number whose transaction commits later.
    "CREATE TABLE feed_counter (school TEXT PRIMARY KEY, last BIGINT NOT NULL, chain TEXT NOT NULL,"
    " term INTEGER NOT NULL)",
    "CREATE TABLE event (school TEXT NOT NULL, feed BIGINT NOT NULL, device TEXT NOT NULL,"
    " epoch BIGINT NOT NULL, number BIGINT NOT NULL, type TEXT NOT NULL, registration TEXT NOT NULL,"
    " verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'rejected', 'quarantined')), code TEXT NOT NULL,"
    " feed_row TEXT NOT NULL, hash TEXT NOT NULL, chain TEXT NOT NULL, received BIGINT NOT NULL,"
    " PRIMARY KEY (school, feed), UNIQUE (school, device, epoch, number))",
    "CREATE INDEX event_of_registration ON event (school, registration, feed) WHERE registration <> ''",
    "CREATE TABLE fork (school TEXT NOT NULL, device TEXT NOT NULL, epoch BIGINT NOT NULL,"
    " number BIGINT NOT NULL, hash TEXT NOT NULL, event TEXT NOT NULL, received BIGINT NOT NULL,"
    " PRIMARY KEY (school, device, epoch, number, hash))",
    "CREATE TABLE graduate (school TEXT NOT NULL, exam_number TEXT NOT NULL, revision BIGINT NOT NULL,"
    " confirmed_revision BIGINT NOT NULL, confirmed_at BIGINT NOT NULL, base TEXT NOT NULL,"
    " PRIMARY KEY (school, exam_number))",
    "CREATE TABLE registration (school TEXT NOT NULL, registration TEXT NOT NULL,"
    " exam_number TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, revision BIGINT NOT NULL,"
    " number TEXT NOT NULL, since BIGINT NOT NULL, record TEXT NOT NULL,"
    " PRIMARY KEY (school, registration))",
    "CREATE UNIQUE INDEX registration_number ON registration (school, number) WHERE number <> ''",
    // A second lock on the door that the slot closes.
    "CREATE UNIQUE INDEX one_live ON registration (school, exam_number) WHERE state IN ('approved',"
    " 'return_department_review', 'return_school_review', 'effective', 'terminating')",
    "CREATE TABLE slot (school TEXT NOT NULL, exam_number TEXT NOT NULL, registration TEXT NOT NULL,"
    " since BIGINT NOT NULL, PRIMARY KEY (school, exam_number))",
    "CREATE TABLE setting (school TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,"
    " PRIMARY KEY (school, name))",
    "CREATE TABLE employer (school TEXT NOT NULL, credit_code TEXT NOT NULL, form TEXT NOT NULL,"
    " PRIMARY KEY (school, credit_code))",
    "CREATE TABLE account (school TEXT NOT NULL, account TEXT NOT NULL, role TEXT NOT NULL,"
    " department TEXT NOT NULL, display_name TEXT NOT NULL, verifier TEXT NOT NULL,"
    " PRIMARY KEY (school, account))",
    "CREATE TABLE trusted_key (school TEXT NOT NULL, spki TEXT NOT NULL, entry TEXT NOT NULL,"
    " PRIMARY KEY (school, spki))",
    "CREATE TABLE printed (school TEXT NOT NULL, registration TEXT NOT NULL, feed BIGINT NOT NULL,"
    " paper_revision BIGINT NOT NULL, copy BIGINT NOT NULL, PRIMARY KEY (school, registration, feed))",
    "CREATE TABLE blob (school TEXT NOT NULL, hash TEXT NOT NULL, size BIGINT NOT NULL,"
    " media_type TEXT NOT NULL, received BIGINT NOT NULL, PRIMARY KEY (school, hash))",
};

// What later versions added, each with the version that brought it.
constexpr std::pair<int, std::string_view> kAdded[] = {
    {2,
     "CREATE TABLE warning (school TEXT NOT NULL, credit_code TEXT NOT NULL, category TEXT NOT NULL,"
     " PRIMARY KEY (school, credit_code))"},
    {2, "CREATE INDEX warning_of ON warning (credit_code)"},
    // How many schools were said to warn of an employer (R33), and the platform's own chains.
    {2, "CREATE TABLE warning_told (credit_code TEXT PRIMARY KEY, schools BIGINT NOT NULL)"},
    {2,
     "CREATE TABLE author (school TEXT PRIMARY KEY, device TEXT NOT NULL, last BIGINT NOT NULL,"
     " chain TEXT NOT NULL)"},
    {2, "CREATE INDEX registration_of_student ON registration (school, exam_number)"},
    {3,
     "CREATE TABLE link_page (school TEXT NOT NULL, registration TEXT NOT NULL,"
     " paper_revision BIGINT NOT NULL, page INTEGER NOT NULL, entry TEXT NOT NULL,"
     " PRIMARY KEY (school, registration, paper_revision, page))"},
    // Told again when the categories change, too.
    {3, "ALTER TABLE warning_told ADD COLUMN categories TEXT NOT NULL DEFAULT ''"},
    // Of an invitation, so that it is found without opening every record; 0 of all others.
    {3, "ALTER TABLE registration ADD COLUMN expires BIGINT NOT NULL DEFAULT 0"},
    {3, "CREATE INDEX invitation_expires ON registration (school, expires) WHERE state = 'invited'"},
    // Employers are the nation's: these are small and every shard has them whole.
    {3,
     "CREATE TABLE employer_account (credit_code TEXT PRIMARY KEY, state TEXT NOT NULL,"
     " entry TEXT NOT NULL)"},
    {3,
     "CREATE TABLE employer_act (credit_code TEXT NOT NULL, revision BIGINT NOT NULL, link TEXT NOT NULL,"
     " entry TEXT NOT NULL, PRIMARY KEY (credit_code, revision))"},
    // Every paper that was ever issued, to tell which are no longer in force (R58).
    {4,
     "CREATE TABLE paper (school TEXT NOT NULL, registration TEXT NOT NULL, revision BIGINT NOT NULL,"
     " ended INTEGER NOT NULL CHECK (ended IN (0, 1)), PRIMARY KEY (school, registration, revision))"},
    {4, "CREATE INDEX paper_ended ON paper (school, registration, revision) WHERE ended = 1"},
    // Counted up with each change, so that what was made of them may be kept in memory until then: the
    // school's settings, and its part in the verification list.
    {5, "ALTER TABLE feed_counter ADD COLUMN settings_version BIGINT NOT NULL DEFAULT 0"},
    {5, "ALTER TABLE feed_counter ADD COLUMN papers_version BIGINT NOT NULL DEFAULT 0"},
    // What each school was told of the others' warnings (R33).
    {5,
     "CREATE TABLE shared_warning (school TEXT NOT NULL, credit_code TEXT NOT NULL, schools BIGINT NOT NULL,"
     " categories TEXT NOT NULL, PRIMARY KEY (school, credit_code))"},
    {5,
     "INSERT INTO shared_warning (school, credit_code, schools, categories)"
     " SELECT school.school, told.credit_code, told.schools, told.categories FROM school, warning_told told"},
    {5, "DROP TABLE warning_told"},
    // The event that last changed a graduate's base data, and who may read placements (R44).
    {7, "ALTER TABLE graduate ADD COLUMN since BIGINT NOT NULL DEFAULT 0"},
    {7, "CREATE INDEX graduate_since ON graduate (school, since)"},
    {7, "CREATE INDEX registration_since ON registration (school, since)"},
    {7,
     "CREATE TABLE consumer (name TEXT PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, schools TEXT NOT NULL)"},
    // When a node was last heard, and what it is refused (R64).
    {7,
     "CREATE TABLE contact (school TEXT NOT NULL, device TEXT NOT NULL, seen BIGINT NOT NULL,"
     " path TEXT NOT NULL, code TEXT NOT NULL, failing_since BIGINT NOT NULL,"
     " PRIMARY KEY (school, device))"},
    // How many records a school's list has, without reading the records.
    {9, "CREATE INDEX registration_counted ON registration (school, state, kind)"},
    // The ministry's list of employers is read by pages, and searched.
    {10, "ALTER TABLE employer_account ADD COLUMN changed BIGINT NOT NULL DEFAULT 0"},
    {10, "ALTER TABLE employer_account ADD COLUMN name_tag TEXT NOT NULL DEFAULT ''"},
    {10, "CREATE INDEX employer_account_changed ON employer_account (state, changed)"},
    {10, "CREATE INDEX employer_account_name ON employer_account (name_tag) WHERE name_tag <> ''"},
};

void put_paper(soci::session& sql, const std::string& school, const std::string& registration,
               const domain::Paper& paper, bool ended) {
    const int is_ended = ended ? 1 : 0;
    const std::int64_t hand = hand_digits(paper);
    sql << "INSERT INTO paper (school, registration, revision, ended, hand)"
           " VALUES (:school, :id, :revision, :ended, :hand)"
           " ON CONFLICT (school, registration, revision) DO UPDATE SET ended = excluded.ended,"
           " hand = excluded.hand",
        soci::use(school), soci::use(registration), soci::use(paper.revision), soci::use(is_ended),
        soci::use(hand);
}

// What the column says of invitations that were there before it.
void note_expiries(Database& database) {
    soci::session& sql = database.sql();
    std::string school, id, record;
    std::vector<std::array<std::string, 3>> invited;
    soci::statement rows =
        (sql.prepare << "SELECT school, registration, record FROM registration WHERE state = 'invited'",
         soci::into(school), soci::into(id), soci::into(record));
    rows.execute();
    while (rows.fetch()) invited.push_back({school, id, record});
    for (const auto& [of_school, key, sealed] : invited) {
        const auto value = cbor::decode(database.open(sealed, kRecordPlace));
        const std::int64_t expires = value ? (*value)["expires"].as_int() : 0;
        sql << "UPDATE registration SET expires = :expires WHERE school = :school AND registration = :id",
            soci::use(expires), soci::use(of_school), soci::use(key);
    }
}

// Papers that were issued before they had a table: those of all approvals in the feeds, of which only a
// record's present one may be in force.
void note_papers(Database& database) {
    soci::session& sql = database.sql();
    std::string school, key, sealed;
    soci::statement events = (sql.prepare << "SELECT school, registration, feed_row FROM event"
                                             " WHERE type = 'registration' AND verdict = 'accepted'",
                              soci::into(school), soci::into(key), soci::into(sealed));
    std::vector<std::pair<std::array<std::string, 2>, domain::Paper>> issued;
    for (events.execute(); events.fetch();) {
        const auto row = cbor::decode(database.open(sealed, kFeedRowPlace));
        const auto event = row ? domain::decode_event((*row)["event"].as_bytes())
                               : Result<domain::Event>(refuse("message_wrong"));
        if (event && event->body.has("paper"))
            issued.push_back({{school, key}, domain::paper_from_cbor(event->body["paper"])});
    }
    for (const auto& [whose, paper] : issued) put_paper(sql, whose[0], whose[1], paper, true);
    std::vector<std::array<std::string, 3>> held;
    soci::statement records = (sql.prepare << "SELECT school, registration, record FROM registration",
                               soci::into(school), soci::into(key), soci::into(sealed));
    for (records.execute(); records.fetch();) held.push_back({school, key, sealed});
    for (const auto& [of_school, id, record] : held) {
        const auto value = cbor::decode(database.open(record, kRecordPlace));
        const auto read =
            value ? domain::registration_from_cbor(*value) : std::optional<domain::Registration>();
        if (read && read->paper)
            put_paper(sql, of_school, id, *read->paper, !domain::holds_slot(read->state));
    }
}

using Held = std::vector<std::array<std::string, 3>>;

Held rows_of(soci::session& sql, const char* query) {
    std::array<std::string, 3> row;
    Held held;
    soci::statement rows = (sql.prepare << query, soci::into(row[0]), soci::into(row[1]), soci::into(row[2]));
    for (rows.execute(); rows.fetch();) held.push_back(row);
    return held;
}

// The columns of listing.h of rows that were there before them.
void note_lists(Database& database) {
    soci::session& sql = database.sql();
    for (const auto& [school, exam_number, base] :
         rows_of(sql, "SELECT school, exam_number, base FROM graduate")) {
        const auto value = cbor::decode(database.open(base, kGraduatePlace)).value_or(cbor::Value{});
        const ListedGraduate row = listed(database, domain::form_from_cbor(value));
        sql << "UPDATE graduate SET department = :department, level = :level, name_tag = :name,"
               " student_tag = :number WHERE school = :school AND exam_number = :exam_number",
            soci::use(row.department), soci::use(row.level), soci::use(row.name_tag),
            soci::use(row.student_tag), soci::use(school), soci::use(exam_number);
    }
    for (const auto& [school, id, record] :
         rows_of(sql, "SELECT school, registration, record FROM registration")) {
        const auto value = cbor::decode(database.open(record, kRecordPlace)).value_or(cbor::Value{});
        const auto known = domain::registration_from_cbor(value);
        if (!known) continue;
        const ListedRecord row = listed(*known);
        sql << "UPDATE registration SET employer = :employer, title = :title, destination = :destination,"
               " in_force_day = :day, changed = :changed WHERE school = :school AND registration = :id",
            soci::use(row.employer), soci::use(row.title), soci::use(row.destination),
            soci::use(row.in_force_day), soci::use(known->changed.ms), soci::use(school), soci::use(id);
    }
}

void note_employers(Database& database) {
    for (const domain::EmployerAccount& account : Employers(database).list()) {
        const std::string name = employer_name_tag(database, domain::value_of(account.form, "employer_name"));
        database.sql() << "UPDATE employer_account SET changed = :changed, name_tag = :name"
                          " WHERE credit_code = :code",
            soci::use(account.changed.ms), soci::use(name), soci::use(account.credit_code);
    }
}

constexpr const char* kOtherKey =
    "this database is sealed by another key: put its keys/seal.key back from the backup";

// Sealed by the key that all of the database is sealed by: another would make what nobody could open. An
// older database shows by its events which that is.
void note_seal(Database& database) {
    std::string row;
    database.sql() << "SELECT feed_row FROM event LIMIT 1", soci::into(row);
    if (database.sql().got_data() && !database.try_open(row, kFeedRowPlace)) throw Fault(kOtherKey);
    const std::string sealed = database.seal(bytes_of("WQSEAL1"), kSealPlace);
    database.sql() << "INSERT INTO setting (school, name, value) VALUES ('', 'seal', :value)"
                      " ON CONFLICT (school, name) DO NOTHING",
        soci::use(sealed);
}

void check_seal(Database& database) {
    std::string sealed;
    database.sql() << "SELECT value FROM setting WHERE school = '' AND name = 'seal'", soci::into(sealed);
    if (!database.try_open(sealed, kSealPlace)) throw Fault(kOtherKey);
}

// 0 where there is none yet.
int version_in(soci::session& sql) {
    std::int64_t rows = 0;
    int version = 0;
    sql << "SELECT count(*) FROM schema_version", soci::into(rows);
    if (rows > 0) sql << "SELECT version FROM schema_version", soci::into(version);
    return version;
}

// The same, in a transaction of its own; afterwards the table is there.
int version_of(Database& database) {
    for (int attempt = 1;; ++attempt) try {
            Transaction transaction(database);
            database.sql() << "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)";
            const int version = version_in(database.sql());
            transaction.commit();
            return version;
        } catch (const soci::soci_error&) {
            // Of two programs that make it at the same moment, a server refuses one.
            if (attempt == 3) throw;
        }
}

void bring_up_to_date(Database& database, int version) {
    soci::session& sql = database.sql();
    if (version == 0) {
        for (const std::string_view table : kTables) sql << std::string(table);
        sql << "INSERT INTO schema_version (version) VALUES (0)";
    }
    for (const auto& [since, table] : kAdded)
        if (since > version) sql << std::string(table);
    if (version < 6)
        for (const std::string_view table : kListTables) sql << std::string(table);
    if (version < 6)
        for (const std::string_view table : kWebTables) sql << std::string(table);
    if (version > 0 && version < 3) note_expiries(database);
    if (version > 0 && version < 6) note_papers(database);
    if (version > 0 && version < 6) note_lists(database);
    if (version < 8) note_seal(database);
    if (version > 0 && version < 10) note_employers(database);
    sql << "UPDATE schema_version SET version = :version", soci::use(kSchema);
}

}  // namespace

void make_schema(Database& database) {
    if (version_of(database) == kSchema) return check_seal(database);
    Transaction transaction(database);
    if (database.is_server()) database.sql() << "LOCK TABLE schema_version";
    const int version = version_in(database.sql());
    if (version > kSchema) throw Fault("the platform's database was made by a newer version");
    if (version < kSchema) bring_up_to_date(database, version);
    check_seal(database);
    transaction.commit();
}

}  // namespace wq::platform
