#include "sync/platform/consumers.h"

#include "data/base/utf8.h"
#include "data/crypto/hash.h"

#include <algorithm>

namespace wq::platform {
namespace {

using soci::into, soci::use;

constexpr std::size_t kTokenSize = 32;

std::string hash_of_token(std::string_view token) { return to_hex(crypto::sm3(bytes_of(token))); }

std::string joined(const std::vector<std::string>& schools) {
    std::string text;
    for (const std::string& school : schools) text += (text.empty() ? "" : ",") + school;
    return text;
}

Consumer consumer_of(const std::string& name, const std::string& schools) {
    Consumer consumer{name, {}};
    for (const auto& school : split(schools, ','))
        if (!school.empty()) consumer.schools.emplace_back(school);
    return consumer;
}

}  // namespace

bool Consumer::may_read(std::string_view school) const {
    return schools.empty() || std::ranges::count(schools, school) > 0;
}

std::string Consumers::add(const Consumer& consumer, crypto::Random& random) {
    const std::string token = to_hex(random.bytes(kTokenSize)), hash = hash_of_token(token),
                      schools = joined(consumer.schools);
    database_->sql() << "INSERT INTO consumer (name, token_hash, schools) VALUES (:name, :hash, :schools)"
                        " ON CONFLICT (name) DO UPDATE SET token_hash = excluded.token_hash,"
                        " schools = excluded.schools",
        use(consumer.name), use(hash), use(schools);
    return token;
}

Result<void> Consumers::remove(const std::string& name) {
    if (std::ranges::count(all(), name, &Consumer::name) == 0) return refuse("consumer_unknown");
    database_->sql() << "DELETE FROM consumer WHERE name = :name", use(name);
    return {};
}

std::vector<Consumer> Consumers::all() {
    std::string name, schools;
    std::vector<Consumer> consumers;
    soci::statement rows = (database_->sql().prepare << "SELECT name, schools FROM consumer ORDER BY name",
                            into(name), into(schools));
    for (rows.execute(); rows.fetch();) consumers.push_back(consumer_of(name, schools));
    return consumers;
}

std::optional<Consumer> Consumers::find(std::string_view token) {
    const std::string hash = hash_of_token(token);
    std::string name, schools;
    database_->sql() << "SELECT name, schools FROM consumer WHERE token_hash = :hash", use(hash), into(name),
        into(schools);
    if (!database_->sql().got_data()) return std::nullopt;
    return consumer_of(name, schools);
}

}  // namespace wq::platform
