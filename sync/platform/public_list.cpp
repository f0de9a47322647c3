#include "sync/platform/public_list.h"

#include <algorithm>

namespace wq::platform {
namespace {

using soci::into, soci::use;

}  // namespace

// Papers end and keys come, and neither is ever undone, so that counting tells whether anything is new.
PublicList::Counts PublicList::counted() {
    Counts counts;
    database_->sql() << "SELECT (SELECT count(*) FROM paper WHERE ended = 1),"
                        " (SELECT count(*) FROM trusted_key), (SELECT count(*) FROM school)",
        into(counts.ended), into(counts.keys), into(counts.schools);
    return counts;
}

Bytes PublicList::made() {
    crypto::VerificationList list;
    std::vector<crypto::PaperName> ended;
    std::string registration, entry, school, name;
    std::int64_t revision = 0;
    soci::statement papers =
        (database_->sql().prepare << "SELECT registration, revision FROM paper WHERE ended = 1",
         into(registration), into(revision));
    for (papers.execute(); papers.fetch();)
        if (const auto id = uuid_from_text(registration)) ended.push_back({*id, revision});
    list.ended = crypto::EndedPapers(ended);
    soci::statement keys =
        (database_->sql().prepare << "SELECT entry FROM trusted_key ORDER BY school, spki", into(entry));
    for (keys.execute(); keys.fetch();)
        if (const auto key = cbor::decode(from_base64(entry).value_or(Bytes{})))
            list.keys.push_back(crypto::trusted_key_from_cbor(*key));
    soci::statement schools =
        (database_->sql().prepare << "SELECT school, name FROM school", into(school), into(name));
    for (schools.execute(); schools.fetch();) list.schools.emplace(school, name);
    return crypto::encode(list);
}

crypto::SignedList PublicList::current(Instant now, const crypto::Signer& signer) {
    if (const Counts counts = counted(); content_.empty() || counts != counts_) {
        content_ = made();
        counts_ = counts;
    }
    return crypto::sign(content_, now, signer);
}

}  // namespace wq::platform
