// Many rows in one statement: a statement's way to a server and back costs more than the row in it. SQLite
// gets a statement for one row, prepared once and run for each; PostgreSQL an array for each column, which it
// reads many times faster than it would plan a list of rows. Private to sync/platform.
#pragma once

#include "sync/platform/database.h"

#include <functional>
#include <string>
#include <vector>

namespace wq::platform {

// INSERT of many rows. Rows are written when there are many, and by finish().
class BulkInsert {
  public:
    // `head` is "INSERT INTO table (columns)", `tail` what follows the rows, for example
    // " ON CONFLICT … DO NOTHING".
    BulkInsert(Database& database, std::string head, std::string tail)
        : database_(&database), head_(std::move(head)), tail_(std::move(tail)) {}

    // A row: std::string, std::int64_t and int values, always of the same types.
    template <class... Values>
    void add(Values&&... values) {
        columns_.resize(sizeof...(values));
        std::size_t column = 0;
        (columns_[column++].keep(std::forward<Values>(values)), ...);
        if (++rows_ * columns_.size() >= kMostValues) write();
    }
    void finish() {
        if (rows_ > 0) write();
    }

  private:
    static constexpr std::size_t kMostValues = 8000;

    struct Column {
        std::vector<std::string> texts;
        std::vector<std::int64_t> numbers;  // of a column of numbers

        void keep(std::string value) { texts.push_back(std::move(value)); }
        void keep(std::int64_t value) { numbers.push_back(value); }
        void keep(int value) { numbers.push_back(value); }
    };

    void write();
    void write_rows();
    void write_arrays();

    Database* database_;
    std::string head_, tail_;
    std::size_t rows_ = 0;
    std::vector<Column> columns_;
};

// SELECT of the rows that have one of many keys. `before` ends with the key's column, and has one parameter,
// the school: "SELECT … WHERE school = :school AND key". `into` binds the columns, `take` is called for each
// row.
void select_in(Database& database, const std::string& before, const std::string& school,
               const std::vector<std::string>& keys, const std::function<void(soci::statement&)>& into,
               const std::function<void()>& take);

// An UPDATE or the like for many keys; `before` as above.
void run_in(Database& database, const std::string& before, const std::string& school,
            const std::vector<std::string>& keys);

}  // namespace wq::platform
