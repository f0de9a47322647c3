// The code on each printed page (R35): what it says and its bytes. Text:
//   "HTTPS://" host "/V/" Crockford base 32 of  header (1) | key id (4) | body | signature (64)
// header is version << 4 | algorithm; the body a CBOR array. One signature covers all pages of a document;
// what a page adds is proven by the body's proof (data/crypto/trust.h makes and checks both). All in the QR
// alphanumeric set, so that any phone opens it and any holder of the trust list checks it offline. Of the
// person it carries a masked name only; the digest is keyed. pdf/README.md has the byte table.
#pragma once

#include "data/base/ids.h"
#include "data/base/result.h"
#include "data/domain/registration.h"

#include <optional>
#include <string>
#include <string_view>

namespace wq::domain {

// For a person to compare with the paper; on the first page's upper code.
struct PrintFacts {
    std::string employer;  // the first 20 characters
    std::string credit_code;
    std::string masked_name;

    bool operator==(const PrintFacts&) const = default;
};

// Why a page may be believed under its document's one signature. Two chains of hashes run through the pages,
// one forwards and one backwards; the signature covers their ends, and each page tells its own two links:
// from them the ends can be worked out, but never the links of another page. `facts` stands for the facts
// where these are left out.
struct PageProof {
    static constexpr std::size_t kSize = 8;
    using Link = std::array<std::uint8_t, kSize>;
    Link before{}, after{}, facts{};

    bool operator==(const PageProof&) const = default;
};

// The paper's keyed digest, cut to 8 bytes for its code: a larger one would make the modules smaller.
using CodeDigest = std::array<std::uint8_t, 8>;

struct PrintCode {
    Uuid registration;
    std::int64_t revision = 0;  // Paper::revision
    std::string number;         // agreement number, 18 digits
    std::int64_t day = 0;       // of issue, days since 1970
    int page = 0, pages = 0;
    int parties = 3;
    std::string template_version;
    CodeDigest digest{};
    bool sample = false;  // printed by a demo campus: 样张
    std::optional<PrintFacts> facts;
    PageProof proof;

    std::string school() const { return number.substr(4, 5); }  // as in every agreement number
    bool operator==(const PrintCode&) const = default;
};

struct SignedCode {
    std::uint8_t algorithm = 0;  // crypto::Algorithm
    std::array<std::uint8_t, 4> key_id{};
    Bytes body;
    std::array<std::uint8_t, 64> signature{};
};

Bytes encode(const PrintCode& code);
// Refuses with `code_damaged` a body that is not one of this version.
Result<PrintCode> decode_print_code(ByteView body);

// Of the body, what is alike on all pages; the facts as text.
Bytes encode_document(const PrintCode& code);
Bytes encode_facts(const PrintFacts& facts);

// The first byte of a code.
std::uint8_t code_header(std::uint8_t algorithm);

std::string to_text(const SignedCode& code, std::string_view host);
// Refuses with `code_foreign` a text that is no code of ours, `code_damaged` one that is but is broken. The
// host is not looked at: it may change over the years.
Result<SignedCode> signed_code_from_text(std::string_view text);

}  // namespace wq::domain
