#include "sync/platform/web/sessions.h"

#include "data/crypto/hash.h"
#include "sync/platform/database.h"

namespace wq::platform {
namespace {

using soci::into, soci::use;

constexpr std::size_t kSecret = 32;
constexpr std::int64_t kIdle = 30 * kMinute, kLongest = 12 * 60 * kMinute;

std::string hash_of_cookie(const std::string& cookie) {
    return to_hex(crypto::sm3(bytes_of("WQSESSION\n" + cookie)));
}

struct Row {
    std::string role, school, account, stamp;
    std::int64_t created = 0, seen = 0;
};

std::optional<Row> row_of(Database& database, const std::string& hash) {
    Row row;
    database.sql()
        << "SELECT role, school, account, stamp, created, seen FROM web_session WHERE hash = :hash",
        use(hash), into(row.role), into(row.school), into(row.account), into(row.stamp), into(row.created),
        into(row.seen);
    return database.sql().got_data() ? std::optional(row) : std::nullopt;
}

bool is_over(const Row& row, Instant now) {
    return now.ms - row.seen > kIdle || now.ms - row.created > kLongest;
}

}  // namespace

std::string Sessions::begin(const Person& person) {
    const std::string cookie = to_hex(registry_->random().bytes(kSecret)), hash = hash_of_cookie(cookie),
                      role(domain::name_of(person.role));
    const std::int64_t now = registry_->now().ms, forgotten = now - kIdle;
    registry_->transact([&](Database& database) {
        database.sql() << "DELETE FROM web_session WHERE seen < :forgotten", use(forgotten);
        database.sql() << "INSERT INTO web_session (hash, role, school, account, stamp, created, seen)"
                          " VALUES (:hash, :role, :school, :account, :stamp, :created, :seen)",
            use(hash), use(role), use(person.school), use(person.account), use(person.stamp), use(now),
            use(now);
    });
    return cookie;
}

std::optional<Person> Sessions::find(const std::string& cookie) {
    if (cookie.size() != 2 * kSecret) return std::nullopt;
    const std::string hash = hash_of_cookie(cookie);
    const Instant now = registry_->now();
    std::optional<Row> row;
    registry_->look([&](Database& database) { row = row_of(database, hash); });
    const auto role = row ? domain::role_named(row->role) : std::nullopt;
    if (!role || is_over(*row, now)) return std::nullopt;
    // Written once a minute, not for every picture of a page.
    if (now.ms - row->seen > kMinute)
        registry_->transact([&](Database& database) {
            database.sql() << "UPDATE web_session SET seen = :now WHERE hash = :hash", use(now.ms), use(hash);
        });
    auto person = logins_->find(*role, row->school, row->account);
    if (!person || person->stamp != row->stamp || person->role != *role) return std::nullopt;
    return person;
}

void Sessions::end(const std::string& cookie) {
    const std::string hash = hash_of_cookie(cookie);
    registry_->transact([&](Database& database) {
        database.sql() << "DELETE FROM web_session WHERE hash = :hash", use(hash);
    });
}

void Sessions::end_all(domain::Role role, const std::string& account) {
    const std::string of_role(domain::name_of(role));
    registry_->transact([&](Database& database) {
        database.sql() << "DELETE FROM web_session WHERE role = :role AND account = :account", use(of_role),
            use(account);
    });
}

std::string Sessions::new_guest() const { return to_hex(registry_->random().bytes(kSecret)); }

std::string Sessions::token_for(const std::string& cookie) {
    return to_hex(crypto::hmac_sm3(bytes_of(cookie), bytes_of("WQFORM\n")));
}

}  // namespace wq::platform
