// What comes by the wire or on a stick: whatever is read comes back from its own encoding, and a parcel that
// nobody packed is refused.
#include "sync/protocol/digests.h"
#include "sync/protocol/parcel.h"
#include "tests/fuzz/fuzz.h"

using namespace wq;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto sender = crypto::FileSigner::generate(crypto::Algorithm::sm2);
    static const auto receiver = crypto::FileSigner::generate(crypto::Algorithm::sm2);
    static const auto key = crypto::Verifier::from_spki(sender.public_key()).value();
    const ByteView bytes(data, size);
    (void)protocol::label_of(bytes);
    fuzz::require(!protocol::unpack(bytes, key, receiver));
    const auto value = cbor::decode(bytes);
    if (!value) return 0;
    if (const auto status = protocol::status_from(*value))
        fuzz::require(protocol::status_from(protocol::to_cbor(*status)).has_value());
    if (const auto digests = protocol::digests_answer_from(*value))
        fuzz::require(protocol::digests_answer_from(protocol::to_cbor(*digests)).has_value());
    (void)protocol::push_answer_from(*value);
    (void)protocol::feed_page_from(*value);
    return 0;
}
