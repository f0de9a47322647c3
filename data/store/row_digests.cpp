// The store's rows for comparing with the platform's (crypto/row_digests.h).
#include "data/crypto/row_digests.h"

#include "data/store/core.h"
#include "data/store/store.h"

#include <set>

namespace wq::store {

crypto::RowDigests Store::row_digests() {
    crypto::RowDigests digests;
    std::set<domain::Hash> here;
    auto pictures = core_->sql("SELECT hash FROM picture WHERE here = 1 AND wanted = 1");
    while (pictures.executeStep()) here.insert(domain::hash_from(bytes_at(pictures, 0)));
    auto graduates = core_->sql("SELECT base, revision, confirmed_revision FROM graduate");
    while (graduates.executeStep())
        digests.add(domain::Graduate{
            domain::form_from_cbor(core_->unseal_cbor(bytes_at(graduates, 0), "graduate.base")),
            int_at(graduates, 1),
            int_at(graduates, 2),
            {}});
    auto records = core_->sql("SELECT record FROM registration");
    while (records.executeStep()) {
        const auto record =
            domain::registration_from_cbor(core_->unseal_cbor(bytes_at(records, 0), "registration.record"));
        if (!record) throw Fault("a registration's record is not readable");
        digests.add(*record);
        for (const domain::Attachment& attachment : domain::attachments_of(*record))
            if (here.contains(attachment.picture)) digests.add_picture(*record, attachment.picture);
    }
    return digests;
}

}  // namespace wq::store
