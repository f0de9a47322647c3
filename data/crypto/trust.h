// The trust list: the public keys whose paper a campus believes, and the offline check of a page's code
// against it (R35, R49). Old keys stay on the list, so that old paper stays provable.
#pragma once

#include "data/base/cbor.h"
#include "data/crypto/keys.h"
#include "data/domain/print_code.h"

#include <string>
#include <string_view>
#include <vector>

namespace wq::crypto {

struct TrustedKey {
    Bytes spki;
    std::string school;  // 5 digits
    bool demo = false;
    std::int64_t from_day = 0;           // days since 1970
    std::int64_t until_day = INT64_MAX;  // exclusive
};

class TrustList {
  public:
    // A key already there is replaced. Refuses `key_unreadable`.
    Result<void> add(TrustedKey key);
    const std::vector<TrustedKey>& keys() const { return keys_; }

    // What the code says, once its signature is proven. Refusals: `code_foreign`, `code_damaged`,
    // `sample_refused` (a demo campus's paper on a live one), `live_refused` (the other way round),
    // `code_key_unknown`, `code_forged`.
    Result<domain::PrintCode> check(std::string_view text, bool demo_campus) const;

  private:
    std::vector<TrustedKey> keys_;
    std::vector<Verifier> verifiers_;  // of the same index
};

cbor::Value to_cbor(const TrustedKey& key);
TrustedKey trusted_key_from_cbor(const cbor::Value& value);

// The codes of a document's pages, ready to print: with the facts, for the first page's upper code, and
// without.
struct PageCodeTexts {
    std::string upper, lower;
};

// Signs once for all `document.pages` pages; its page and proof don't matter. `secret` is known to the issuer
// alone and the same for the same document (the paper's salt): whoever had it could turn one page's code into
// another's.
std::vector<PageCodeTexts> signed_page_codes(const domain::PrintCode& document, ByteView secret,
                                             const Signer& issuer, std::string_view host);

}  // namespace wq::crypto
