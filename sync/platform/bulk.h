// Many rows in one statement: a statement's way to a server and back costs more than the row in it.
// Private to sync/platform.
#pragma once

#include "sync/platform/database.h"

#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace wq::platform {

// INSERT of many rows. Rows are written when there are many, and by finish().
class BulkInsert {
  public:
    // `head` up to and with VALUES, `tail` after the rows, for example " ON CONFLICT … DO NOTHING".
    BulkInsert(Database& database, std::string head, std::string tail)
        : database_(&database), head_(std::move(head)), tail_(std::move(tail)) {}

    // A row: std::string and std::int64_t values.
    template <class... Values>
    void add(Values&&... values) {
        columns_ = sizeof...(values);
        (keep(std::forward<Values>(values)), ...);
        if (++rows_ * columns_ >= kMostValues) write();
    }
    void finish() {
        if (rows_ > 0) write();
    }

  private:
    static constexpr std::size_t kMostValues = 8000;  // SQLite takes 32,766, PostgreSQL 65,535

    void keep(std::string value) { texts_.push_back(std::move(value)), is_text_.push_back(true); }
    void keep(std::int64_t value) { numbers_.push_back(value), is_text_.push_back(false); }
    void keep(int value) { keep(std::int64_t{value}); }
    void write();

    Database* database_;
    std::string head_, tail_;
    std::size_t columns_ = 0, rows_ = 0;
    std::deque<std::string> texts_;
    std::deque<std::int64_t> numbers_;
    std::vector<bool> is_text_;
};

// SELECT of the rows that have one of many keys. `before` ends where the keys' list begins, and has one
// parameter, the school: "SELECT … WHERE school = :school AND key IN ". `into` binds the columns, `take` is
// called for each row.
template <class Into, class Take>
void select_in(Database& database, const std::string& before, const std::string& school,
               const std::vector<std::string>& keys, Into into, Take take);

// An UPDATE or the like for many keys; `before` as above.
void run_in(Database& database, const std::string& before, const std::string& school,
            const std::vector<std::string>& keys);

// Inside of the above.
namespace bulk {

inline constexpr std::size_t kMostKeys = 1000;

// "(:k0, :k1, …)"
std::string list_of(std::size_t keys);

// Binds school and keys from..to.
void bind(soci::statement& statement, const std::string& school, const std::vector<std::string>& keys,
          std::size_t from, std::size_t to);

}  // namespace bulk

template <class Into, class Take>
void select_in(Database& database, const std::string& before, const std::string& school,
               const std::vector<std::string>& keys, Into into, Take take) {
    for (std::size_t from = 0; from < keys.size(); from += bulk::kMostKeys) {
        const std::size_t to = std::min(keys.size(), from + bulk::kMostKeys);
        soci::statement rows(database.sql());
        into(rows);
        bulk::bind(rows, school, keys, from, to);
        rows.alloc();
        rows.prepare(before + bulk::list_of(to - from));
        rows.define_and_bind();
        rows.execute();
        while (rows.fetch()) take();
    }
}

}  // namespace wq::platform
