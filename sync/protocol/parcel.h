// A parcel: requests that travel to the platform on a stick, or their answers on the way back, sealed for
// whom they are for and signed by whom they are from. What stands in them are the requests and responses of
// the wire, byte for byte. Layout: sync/PROTOCOL.md, "The courier".
#pragma once

#include "data/crypto/keys.h"
#include "data/crypto/random.h"
#include "sync/protocol/http.h"
#include "sync/protocol/signing.h"

#include <string>
#include <vector>

namespace wq::protocol {

inline constexpr std::size_t kParcelSize = std::size_t{32} << 20;  // about, of what one holds
inline constexpr std::size_t kMaxParcel = std::size_t{256} << 20;  // of a file that is read at all

// What a request got, and which one it was.
struct Carried {
    Request request;         // with its body only on the way there
    Response response = {};  // on the way back
};

struct Parcel {
    enum class Kind { requests, answers };

    Kind kind = Kind::requests;
    Sender node;  // whose requests, or for whom the answers are
    std::vector<Carried> content = {};
};

// As a file: sealed for `to`, signed by `from`.
Bytes pack(const Parcel& parcel, const crypto::Verifier& to, const crypto::Signer& from,
           crypto::Random& random);

// What is written on a parcel, not proven yet. Refusal: `courier_damaged`.
struct ParcelLabel {
    Parcel::Kind kind = Parcel::Kind::requests;
    Sender node;
};
Result<ParcelLabel> label_of(ByteView file);

// Refusals: `courier_damaged`, `courier_forged` (not signed by `from`), `courier_not_ours` (sealed for
// another key).
Result<Parcel> unpack(ByteView file, const crypto::Verifier& from, const crypto::Signer& to);

// Their names on the stick: "wangqian-10999-0197a2b4…-003.requests"
std::string parcel_name(Parcel::Kind kind, const Sender& node, std::size_t part);

}  // namespace wq::protocol
