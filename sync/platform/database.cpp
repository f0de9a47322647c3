#include "sync/platform/database.h"

#include "data/base/cbor.h"
#include "data/base/result.h"
#include "data/domain/event.h"
#include "data/domain/hand_code.h"
#include "data/domain/lifecycle.h"
#include "sync/platform/listing.h"
#include "sync/platform/web/tables.h"

#include <soci/sqlite3/soci-sqlite3.h>

#include <array>
#include <vector>

namespace wq::platform {
namespace {

constexpr int kSchema = 5;

constexpr std::string_view kTables[] = {
    "CREATE TABLE schema_version (version INTEGER NOT NULL)",
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
};

void require_durable(soci::session& sql) {
    std::string mode;
    int synchronous = 0;
    sql << "PRAGMA journal_mode = WAL", soci::into(mode);
    sql << "PRAGMA synchronous = FULL";
    sql << "PRAGMA synchronous", soci::into(synchronous);
    if (mode != "wal" || synchronous < 2) throw Fault("the platform's database is not durable: " + mode);
}

}  // namespace

Database::Database(const std::filesystem::path& file, const crypto::Sealer& sealer)
    : sql_(soci::sqlite3, "db=" + file.string() + " timeout=30"), sealer_(&sealer) {
    require_durable(sql_);
    make_schema();
}

void Database::make_schema() {
    int tables = 0, version = 0;
    sql_ << "SELECT count(*) FROM sqlite_master WHERE name = 'schema_version'", soci::into(tables);
    if (tables > 0) {
        sql_ << "SELECT version FROM schema_version", soci::into(version);
        if (version > kSchema) throw Fault("the platform's database was made by a newer version");
    }
    soci::transaction transaction(sql_);
    if (tables == 0)
        for (const std::string_view table : kTables) sql_ << std::string(table);
    for (const auto& [since, table] : kAdded)
        if (since > version) sql_ << std::string(table);
    if (version < 5)
        for (const std::string_view table : kListTables) sql_ << std::string(table);
    if (version < 5)
        for (const std::string_view table : kWebTables) sql_ << std::string(table);
    if (tables == 0) sql_ << "INSERT INTO schema_version (version) VALUES (:version)", soci::use(kSchema);
    if (tables > 0 && version < 3) note_expiries();
    if (tables > 0 && version < 5) note_papers();
    if (tables > 0 && version < 5) note_lists();
    if (tables > 0 && version < kSchema)
        sql_ << "UPDATE schema_version SET version = :version", soci::use(kSchema);
    transaction.commit();
}

// What the column says of invitations that were there before it.
void Database::note_expiries() {
    std::string school, id, record;
    std::vector<std::array<std::string, 3>> invited;
    soci::statement rows =
        (sql_.prepare << "SELECT school, registration, record FROM registration WHERE state = 'invited'",
         soci::into(school), soci::into(id), soci::into(record));
    rows.execute();
    while (rows.fetch()) invited.push_back({school, id, record});
    for (const auto& [of_school, key, sealed] : invited) {
        const auto value = cbor::decode(open(sealed, kRecordPlace));
        const std::int64_t expires = value ? (*value)["expires"].as_int() : 0;
        sql_ << "UPDATE registration SET expires = :expires WHERE school = :school AND registration = :id",
            soci::use(expires), soci::use(of_school), soci::use(key);
    }
}

// Papers that were issued before they had a table: those of all approvals in the feeds, of which only a
// record's present one may be in force.
void Database::note_papers() {
    std::string school, key, sealed;
    soci::statement events = (sql_.prepare << "SELECT school, registration, feed_row FROM event"
                                              " WHERE type = 'registration' AND verdict = 'accepted'",
                              soci::into(school), soci::into(key), soci::into(sealed));
    std::vector<std::pair<std::array<std::string, 2>, domain::Paper>> issued;
    for (events.execute(); events.fetch();) {
        const auto row = cbor::decode(open(sealed, kFeedRowPlace));
        const auto event = row ? domain::decode_event((*row)["event"].as_bytes())
                               : Result<domain::Event>(refuse("message_wrong"));
        if (event && event->body.has("paper"))
            issued.push_back({{school, key}, domain::paper_from_cbor(event->body["paper"])});
    }
    for (const auto& [whose, paper] : issued) put_paper(whose[0], whose[1], paper, true);
    std::vector<std::array<std::string, 3>> held;
    soci::statement records = (sql_.prepare << "SELECT school, registration, record FROM registration",
                               soci::into(school), soci::into(key), soci::into(sealed));
    for (records.execute(); records.fetch();) held.push_back({school, key, sealed});
    for (const auto& [of_school, id, record] : held) {
        const auto value = cbor::decode(open(record, kRecordPlace));
        const auto read =
            value ? domain::registration_from_cbor(*value) : std::optional<domain::Registration>();
        if (read && read->paper) put_paper(of_school, id, *read->paper, !domain::holds_slot(read->state));
    }
}

// The columns of listing.h of rows that were there before them.
void Database::note_lists() {
    std::string school, key, sealed;
    std::vector<std::array<std::string, 3>> held;
    const auto read = [&](const char* query) {
        held.clear();
        soci::statement rows =
            (sql_.prepare << query, soci::into(school), soci::into(key), soci::into(sealed));
        for (rows.execute(); rows.fetch();) held.push_back({school, key, sealed});
    };
    read("SELECT school, exam_number, base FROM graduate");
    for (const auto& [of_school, exam_number, base] : held) {
        const auto value = cbor::decode(open(base, kGraduatePlace)).value_or(cbor::Value{});
        const ListedGraduate row = listed(*this, domain::form_from_cbor(value));
        sql_ << "UPDATE graduate SET department = :department, level = :level, name_tag = :name,"
                " student_tag = :number WHERE school = :school AND exam_number = :exam_number",
            soci::use(row.department), soci::use(row.level), soci::use(row.name_tag),
            soci::use(row.student_tag), soci::use(of_school), soci::use(exam_number);
    }
    read("SELECT school, registration, record FROM registration");
    for (const auto& [of_school, id, record] : held) {
        const auto value = cbor::decode(open(record, kRecordPlace)).value_or(cbor::Value{});
        const auto known = domain::registration_from_cbor(value);
        if (!known) continue;
        const ListedRecord row = listed(*known);
        sql_ << "UPDATE registration SET employer = :employer, title = :title, destination = :destination,"
                " in_force_day = :day, changed = :changed WHERE school = :school AND registration = :id",
            soci::use(row.employer), soci::use(row.title), soci::use(row.destination),
            soci::use(row.in_force_day), soci::use(known->changed.ms), soci::use(of_school), soci::use(id);
    }
}

void Database::put_paper(const std::string& school, const std::string& registration,
                         const domain::Paper& paper, bool ended) {
    const int is_ended = ended ? 1 : 0;
    const auto hand = static_cast<std::int64_t>(domain::hand_code(paper.digest, 1).digest);
    sql_ << "INSERT INTO paper (school, registration, revision, ended, hand)"
            " VALUES (:school, :id, :revision, :ended, :hand)"
            " ON CONFLICT (school, registration, revision) DO UPDATE SET ended = excluded.ended,"
            " hand = excluded.hand",
        soci::use(school), soci::use(registration), soci::use(paper.revision), soci::use(is_ended),
        soci::use(hand);
}

std::string Database::seal(ByteView plain, std::string_view place) const {
    return to_base64(sealer_->seal(plain, place));
}

std::string Database::tag(std::string_view value, std::string_view place) const {
    return to_hex(sealer_->lookup_tag(value, place));
}

std::optional<Bytes> Database::try_open(const std::string& sealed, std::string_view place) const {
    const auto bytes = from_base64(sealed);
    return bytes ? sealer_->open(*bytes, place) : std::nullopt;
}

Bytes Database::open(const std::string& sealed, std::string_view place) const {
    auto plain = try_open(sealed, place);
    if (!plain) throw Fault("a sealed value can't be opened: " + std::string(place));
    return std::move(*plain);
}

std::string text_of(const domain::Hash& hash) { return to_hex(hash); }

domain::Hash hash_of(const std::string& text) { return domain::hash_from(from_hex(text).value_or(Bytes{})); }

}  // namespace wq::platform
