#include "sync/platform/public_list.h"

namespace wq::platform {
namespace {

using soci::into;

constexpr std::int64_t kSignedAnew = kSecond;

crypto::EndedPapers ended_in(Database& database) {
    std::int64_t revision = 0;
    std::string registration;
    std::vector<crypto::PaperName> names;
    soci::statement papers =
        (database.sql().prepare << "SELECT registration, revision FROM paper WHERE ended = 1",
         into(registration), into(revision));
    for (papers.execute(); papers.fetch();)
        if (const auto id = uuid_from_text(registration)) names.push_back({*id, revision});
    return crypto::EndedPapers(names);
}

Bytes content_in(Database& database) {
    crypto::VerificationList list;
    list.ended = ended_in(database);
    std::string entry, school, name;
    soci::statement keys =
        (database.sql().prepare << "SELECT entry FROM trusted_key ORDER BY school, spki", into(entry));
    for (keys.execute(); keys.fetch();)
        if (const auto key = cbor::decode(from_base64(entry).value_or(Bytes{})))
            list.keys.push_back(crypto::trusted_key_from_cbor(*key));
    soci::statement schools =
        (database.sql().prepare << "SELECT school, name FROM school", into(school), into(name));
    for (schools.execute(); schools.fetch();) list.schools.emplace(school, name);
    return crypto::encode(list);
}

}  // namespace

// The feeds' counters tell whether anything has changed since; read before the rest, they never say more than
// the list holds.
crypto::SignedList PublicList::current(Database& database, Instant now, const crypto::Signer& signer) {
    std::int64_t version = 0;
    database.sql() << "SELECT coalesce(sum(papers_version), 0) FROM feed_counter", into(version);
    const std::lock_guard lock(mutex_);
    const bool is_old = now.ms < list_.as_of.ms || now.ms - list_.as_of.ms >= kSignedAnew;
    if (version > version_) {
        list_ = crypto::sign(content_in(database), now, signer);
        version_ = version;
    } else if (is_old) {
        list_ = crypto::sign(list_.content, now, signer);
    }
    return list_;
}

}  // namespace wq::platform
