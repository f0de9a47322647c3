#include "tests/sync/database.h"

#include "data/base/bytes.h"
#include "data/crypto/random.h"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <cstdlib>
#include <vector>

namespace wq::sync_test {
namespace {

std::string server() {
    const char* given = std::getenv("WANGQIAN_TEST_DATABASE");
    return given ? given : "";
}

}  // namespace

bool is_on_server() { return !server().empty(); }

TestDatabase::TestDatabase() {
    if (!is_on_server()) return;
    crypto::SystemRandom random;
    schema_ = "test_" + to_hex(random.bytes(8));
    soci::session(soci::postgresql, server()) << "CREATE SCHEMA " + schema_;
    address_ = server() + "&options=-csearch_path%3D" + schema_;
}

TestDatabase::~TestDatabase() {
    if (schema_.empty()) return;
    try {
        soci::session sql(soci::postgresql, server());
        sql << "SET client_min_messages = warning";
        sql << "DROP SCHEMA " + schema_ + " CASCADE";
        sql << "DROP SCHEMA IF EXISTS " + schema_ + "_saved CASCADE";
    } catch (const std::exception&) {
        // The server goes with the tests.
    }
}

std::vector<std::string> TestDatabase::tables() const {
    soci::session sql(soci::postgresql, address_);
    const soci::rowset<std::string> names =
        (sql.prepare << "SELECT table_name FROM information_schema.tables WHERE table_schema = :schema",
         soci::use(schema_));
    return {names.begin(), names.end()};
}

void TestDatabase::save() const {
    soci::session sql(soci::postgresql, server());
    sql << "DROP SCHEMA IF EXISTS " + schema_ + "_saved CASCADE";
    sql << "CREATE SCHEMA " + schema_ + "_saved";
    for (const std::string& table : tables())
        sql << "CREATE TABLE " + schema_ + "_saved." + table + " AS TABLE " + schema_ + "." + table;
}

void TestDatabase::restore() const {
    soci::session sql(soci::postgresql, server());
    for (const std::string& table : tables()) {
        sql << "DELETE FROM " + schema_ + "." + table;
        sql << "INSERT INTO " + schema_ + "." + table + " SELECT * FROM " + schema_ + "_saved." + table;
    }
}

void TestDatabase::count_for_planner() const {
    if (!schema_.empty()) soci::session(soci::postgresql, address_) << "ANALYZE";
}

std::string TestDatabase::everything() const {
    soci::session sql(soci::postgresql, address_);
    std::string all;
    for (const std::string& table : tables()) {
        const soci::rowset<std::string> rows = (sql.prepare << "SELECT t::text FROM " + table + " t");
        for (const std::string& row : rows) all += row + "\n";
    }
    return all;
}

void change_rows(const std::filesystem::path& database, const std::string& statements) {
    soci::session sql(soci::sqlite3, database.string());
    for (std::size_t from = 0; from < statements.size();) {
        const std::size_t to = std::min(statements.find(';', from), statements.size());
        sql << statements.substr(from, to - from);
        from = to + 1;
    }
}

// From 6 to 5
static void take_away_lists(soci::session& sql) {
    for (const char* index :
         {"graduate_of_department", "graduate_of_name", "graduate_of_number", "registration_changed",
          "registration_of_employer", "registration_in_force", "paper_by_hand", "employer_of_code"})
        sql << std::string("DROP INDEX ") + index;
    const std::pair<const char*, std::vector<const char*>> kColumns[] = {
        {"school", {"province"}},
        {"graduate", {"department", "level", "name_tag", "student_tag"}},
        {"registration", {"employer", "title", "destination", "in_force_day", "changed"}},
        {"paper", {"hand"}}};
    for (const auto& [table, columns] : kColumns)
        for (const char* column : columns)
            sql << "ALTER TABLE " + std::string(table) + " DROP COLUMN " + column;
    for (const char* table : {"web_login", "web_session", "web_code", "web_failure"})
        sql << std::string("DROP TABLE ") + table;
}

void step_back(const std::string& database, int version) {
    soci::session sql =
        is_on_server() ? soci::session(soci::postgresql, database) : soci::session(soci::sqlite3, database);
    const auto run = [&](const char* text) { sql << std::string(text); };
    run("DROP INDEX employer_account_changed");
    run("DROP INDEX employer_account_name");
    run("ALTER TABLE employer_account DROP COLUMN changed");
    run("ALTER TABLE employer_account DROP COLUMN name_tag");
    if (version < 9) run("DROP INDEX registration_counted");
    if (version < 8) run("DELETE FROM setting WHERE school = ''");
    if (version < 7) {
        run("DROP INDEX graduate_since");
        run("DROP INDEX registration_since");
        run("ALTER TABLE graduate DROP COLUMN since");
        run("DROP TABLE consumer");
        run("DROP TABLE contact");
    }
    if (version < 6) take_away_lists(sql);
    sql << "UPDATE schema_version SET version = :version", soci::use(version);
    if (version >= 5) return;
    // From 5 to 4
    run("ALTER TABLE feed_counter DROP COLUMN settings_version");
    run("ALTER TABLE feed_counter DROP COLUMN papers_version");
    run("CREATE TABLE warning_told (credit_code TEXT PRIMARY KEY, schools BIGINT NOT NULL,"
        " categories TEXT NOT NULL DEFAULT '')");
    run("DROP TABLE shared_warning");
    if (version < 4) run("DROP TABLE paper");
    if (version < 3) {
        for (const char* table : {"link_page", "employer_account", "employer_act"})
            sql << std::string("DROP TABLE ") + table;
        run("DROP INDEX invitation_expires");
        run("ALTER TABLE registration DROP COLUMN expires");
        run("ALTER TABLE warning_told DROP COLUMN categories");
    }
}

}  // namespace wq::sync_test
