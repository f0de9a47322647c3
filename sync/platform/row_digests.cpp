#include "sync/platform/row_digests.h"

#include "sync/platform/school_tables.h"

#include <set>

namespace wq::platform {
namespace {

using soci::into, soci::use;

void add_graduates(Database& database, const std::string& school, crypto::RowDigests& digests) {
    std::int64_t revision = 0, confirmed = 0;
    std::string base;
    soci::statement rows =
        (database.sql().prepare << "SELECT revision, confirmed_revision, base FROM graduate"
                                   " WHERE school = :school",
         use(school), into(revision), into(confirmed), into(base));
    for (rows.execute(); rows.fetch();) {
        digests.add(graduate_of(database.open(base, kGraduatePlace), revision, confirmed));
    }
}

}  // namespace

crypto::RowDigests row_digests(Database& database, const std::string& school) {
    crypto::RowDigests digests;
    add_graduates(database, school, digests);
    std::set<std::string> here;
    std::string text;
    soci::statement blobs =
        (database.sql().prepare << "SELECT hash FROM blob WHERE school = :school", use(school), into(text));
    for (blobs.execute(); blobs.fetch();) here.insert(text);
    soci::statement records =
        (database.sql().prepare << "SELECT record FROM registration WHERE school = :school", use(school),
         into(text));
    for (records.execute(); records.fetch();) {
        const auto value = cbor::decode(database.open(text, kRecordPlace));
        const auto record =
            value ? domain::registration_from_cbor(*value) : std::optional<domain::Registration>();
        if (!record) throw Fault("a registration's record can't be read");
        digests.add(*record);
        for (const domain::Attachment& attachment : domain::attachments_of(*record))
            if (here.contains(text_of(attachment.picture))) digests.add_picture(*record, attachment.picture);
    }
    return digests;
}

}  // namespace wq::platform
