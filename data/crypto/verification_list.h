// What anybody needs to verify printed codes without a network (R58, R59): whose keys are believed and which
// papers are no longer in force, as of a moment, signed by the platform or, of a campus alone, by its issuing
// key. All of it may be public: of persons it holds nothing.
#pragma once

#include "data/base/time.h"
#include "data/crypto/ended_papers.h"
#include "data/crypto/hash.h"
#include "data/crypto/trust.h"

#include <map>

namespace wq::crypto {

struct VerificationList {
    std::vector<TrustedKey> keys;
    std::map<std::string, std::string> schools;  // names by code
    EndedPapers ended;
};

// Deterministic CBOR: {coded, count, keys, schools}.
Bytes encode(const VerificationList& list);
// Refuses with `verification_list_damaged`.
Result<VerificationList> verification_list_from(ByteView content);

// The content stays as long as nothing has changed; what is said anew is as of when.
struct SignedList {
    Bytes content;
    Instant as_of;
    Signature signature{};  // over list_message()
    Bytes signer;           // SPKI
};
// "WQLIST1\n" and CBOR of {as_of, content: its SM3}.
Bytes list_message(const Digest& content, Instant as_of);
SignedList sign(Bytes content, Instant as_of, const Signer& signer);
// Whether it is signed by this key, whatever its `signer` says.
bool is_signed_by(const SignedList& list, const Verifier& key);

// The page of assets/offline with the list inside: CBOR of {as_of, content, signature, signer}, as base 64 in
// place of "@LIST@".
std::string offline_page(std::string html, const SignedList& list);

}  // namespace wq::crypto
