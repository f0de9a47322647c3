// The database that a test's platform stands on: a file of its own, or, where $WANGQIAN_TEST_DATABASE names a
// PostgreSQL (tests/sync/with_postgres), a schema of its own there.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace wq::sync_test {

bool is_on_server();

class TestDatabase {
  public:
    TestDatabase();
    ~TestDatabase();
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;
    // For RegistryOptions; empty: the home's file.
    const std::string& address() const { return address_; }
    // On a server: every row of every table, as text.
    std::string everything() const;
    // On a server: counts what is in the tables for its planner, as it does by itself within a minute or two.
    void count_for_planner() const;
    // On a server: all rows as they are now kept beside, and put back.
    void save() const;
    void restore() const;

  private:
    std::vector<std::string> tables() const;
    std::string schema_, address_;
};

// Changes rows of a file behind the programs' backs.
void change_rows(const std::filesystem::path& database, const std::string& statements);

// Turns a database of today (a closed file, or a server's address) into one of an older version, of those that
// had one: servers have since 6.
void step_back(const std::string& database, int version);

}  // namespace wq::sync_test
