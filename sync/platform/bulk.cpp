#include "sync/platform/bulk.h"

#include <algorithm>

namespace wq::platform {
namespace {

constexpr std::size_t kMostKeys = 1000;
// Otherwise a server is asked three times: to prepare, to run and to forget.
constexpr auto kOnce = soci::details::st_one_time_query;

// PostgreSQL's text form of an array.
std::string array_of(const std::vector<std::string>& texts) {
    std::string array = "{";
    for (const std::string& text : texts) {
        array += array.size() > 1 ? ",\"" : "\"";
        for (const char c : text) {
            if (c == '"' || c == '\\') array += '\\';
            array += c;
        }
        array += '"';
    }
    return array + "}";
}

std::string array_of(const std::vector<std::int64_t>& numbers) {
    std::string array = "{";
    for (const std::int64_t number : numbers) array += (array.size() > 1 ? "," : "") + std::to_string(number);
    return array + "}";
}

// "?" and not names: SQLite looks names up one by one, with thousands of them for longer than the work takes.
std::string list_of(std::size_t values) {
    std::string list = "(";
    for (std::size_t i = 0; i < values; ++i) list += i == 0 ? "?" : ", ?";
    return list + ")";
}

// Runs `before` with some keys at a time. `run` prepares and executes.
template <class Run>
void for_keys(Database& database, const std::string& school, const std::vector<std::string>& keys, Run run) {
    for (std::size_t from = 0; from < keys.size(); from += kMostKeys) {
        const std::size_t to = std::min(keys.size(), from + kMostKeys);
        soci::statement statement(database.sql());
        statement.exchange(soci::use(school));
        if (!database.is_server()) {
            for (std::size_t i = from; i < to; ++i) statement.exchange(soci::use(keys[i]));
            run(statement, " IN " + list_of(to - from));
            continue;
        }
        const std::string array =
            array_of(std::vector<std::string>(keys.begin() + static_cast<std::ptrdiff_t>(from),
                                              keys.begin() + static_cast<std::ptrdiff_t>(to)));
        statement.exchange(soci::use(array));
        run(statement, " = ANY(:keys::text[])");
    }
}

}  // namespace

void BulkInsert::write() {
    if (database_->is_server())
        write_arrays();
    else
        write_rows();
    rows_ = 0;
    columns_.clear();
}

void BulkInsert::write_rows() {
    soci::statement statement(database_->sql());
    for (const Column& column : columns_)
        if (column.texts.empty())
            statement.exchange(soci::use(column.numbers));
        else
            statement.exchange(soci::use(column.texts));
    statement.alloc();
    statement.prepare(head_ + " VALUES " + list_of(columns_.size()) + tail_);
    statement.define_and_bind();
    statement.execute(true);
}

void BulkInsert::write_arrays() {
    std::string text = head_ + " SELECT * FROM unnest(";
    soci::statement statement(database_->sql());
    std::vector<std::string> arrays;
    for (const Column& column : columns_)
        arrays.push_back(column.texts.empty() ? array_of(column.numbers) : array_of(column.texts));
    for (std::size_t i = 0; i < arrays.size(); ++i) {
        text += (i == 0 ? ":c" : ", :c") + std::to_string(i) +
                (columns_[i].texts.empty() ? "::bigint[]" : "::text[]");
        statement.exchange(soci::use(arrays[i]));
    }
    statement.alloc();
    statement.prepare(text + ")" + tail_, kOnce);
    statement.define_and_bind();
    statement.execute(true);
}

void select_in(Database& database, const std::string& before, const std::string& school,
               const std::vector<std::string>& keys, const std::function<void(soci::statement&)>& into,
               const std::function<void()>& take) {
    for_keys(database, school, keys, [&](soci::statement& rows, const std::string& condition) {
        into(rows);
        rows.alloc();
        rows.prepare(before + condition, kOnce);
        rows.define_and_bind();
        rows.execute();
        while (rows.fetch()) take();
    });
}

void run_in(Database& database, const std::string& before, const std::string& school,
            const std::vector<std::string>& keys) {
    for_keys(database, school, keys, [&](soci::statement& statement, const std::string& condition) {
        statement.alloc();
        statement.prepare(before + condition, kOnce);
        statement.define_and_bind();
        statement.execute(true);
    });
}

}  // namespace wq::platform
