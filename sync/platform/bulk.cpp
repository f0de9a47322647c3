#include "sync/platform/bulk.h"

namespace wq::platform {

void BulkInsert::write() {
    std::string text = head_;
    soci::statement statement(database_->sql());
    auto word = texts_.begin();
    auto number = numbers_.begin();
    for (std::size_t i = 0; i < is_text_.size(); ++i) {
        text += i == 0 ? "(:v" : i % columns_ == 0 ? "), (:v" : ", :v";
        text += std::to_string(i);
        if (is_text_[i])
            statement.exchange(soci::use(*word++));
        else
            statement.exchange(soci::use(*number++));
    }
    statement.alloc();
    statement.prepare(text + ")" + tail_);
    statement.define_and_bind();
    statement.execute(true);
    rows_ = 0;
    texts_.clear();
    numbers_.clear();
    is_text_.clear();
}

void run_in(Database& database, const std::string& before, const std::string& school,
            const std::vector<std::string>& keys) {
    for (std::size_t from = 0; from < keys.size(); from += bulk::kMostKeys) {
        const std::size_t to = std::min(keys.size(), from + bulk::kMostKeys);
        soci::statement statement(database.sql());
        bulk::bind(statement, school, keys, from, to);
        statement.alloc();
        statement.prepare(before + bulk::list_of(to - from));
        statement.define_and_bind();
        statement.execute(true);
    }
}

namespace bulk {

std::string list_of(std::size_t keys) {
    std::string list;
    for (std::size_t i = 0; i < keys; ++i) list += (i == 0 ? "(:k" : ", :k") + std::to_string(i);
    return list + ")";
}

void bind(soci::statement& statement, const std::string& school, const std::vector<std::string>& keys,
          std::size_t from, std::size_t to) {
    statement.exchange(soci::use(school));
    for (std::size_t i = from; i < to; ++i) statement.exchange(soci::use(keys[i]));
}

}  // namespace bulk
}  // namespace wq::platform
