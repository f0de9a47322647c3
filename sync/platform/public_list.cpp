#include "sync/platform/public_list.h"

namespace wq::platform {
namespace {

using soci::into;

}  // namespace

// The feeds' counters tell whether any has ended since.
const crypto::EndedPapers& PublicList::ended(Database& database) {
    std::int64_t version = 0, revision = 0;
    database.sql() << "SELECT coalesce(sum(papers_version), 0) FROM feed_counter", into(version);
    if (version == version_) return ended_;
    std::vector<crypto::PaperName> names;
    std::string registration;
    soci::statement papers =
        (database.sql().prepare << "SELECT registration, revision FROM paper WHERE ended = 1",
         into(registration), into(revision));
    for (papers.execute(); papers.fetch();)
        if (const auto id = uuid_from_text(registration)) names.push_back({*id, revision});
    ended_ = crypto::EndedPapers(names);
    version_ = version;
    return ended_;
}

crypto::SignedList PublicList::current(Database& database, Instant now, const crypto::Signer& signer) {
    const std::lock_guard lock(mutex_);
    crypto::VerificationList list;
    list.ended = ended(database);
    std::string entry, school, name;
    soci::statement keys =
        (database.sql().prepare << "SELECT entry FROM trusted_key ORDER BY school, spki", into(entry));
    for (keys.execute(); keys.fetch();)
        if (const auto key = cbor::decode(from_base64(entry).value_or(Bytes{})))
            list.keys.push_back(crypto::trusted_key_from_cbor(*key));
    soci::statement schools =
        (database.sql().prepare << "SELECT school, name FROM school", into(school), into(name));
    for (schools.execute(); schools.fetch();) list.schools.emplace(school, name);
    return crypto::sign(crypto::encode(list), now, signer);
}

}  // namespace wq::platform
