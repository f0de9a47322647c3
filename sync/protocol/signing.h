// Signed requests: each request of a node carries who sends it, when, a nonce and an SM2 signature over all
// of it and the body. A signature survives middle boxes that end TLS, a relay and a USB stick; TLS is beside
// it, for secrecy. Layout: sync/PROTOCOL.md, "Signed requests".
#pragma once

#include "data/base/ids.h"
#include "data/base/result.h"
#include "data/crypto/keys.h"
#include "data/crypto/random.h"
#include "sync/protocol/http.h"

#include <optional>

namespace wq::protocol {

inline constexpr std::int64_t kMaxSkew = 10 * kMinute;
inline constexpr std::int64_t kNonceKept = 15 * kMinute;
inline constexpr std::size_t kNonceSize = 16;

// Who sends: a node is named by its school and its device.
struct Sender {
    std::string school;  // 5 digits
    Uuid device;

    auto operator<=>(const Sender&) const = default;
};

struct Credentials {
    Sender sender;
    Bytes nonce;
    Instant when;
    Bytes signature;
};

// Sets the four headers; those already there are replaced.
void sign(Request& request, const Sender& sender, const crypto::Signer& signer, Instant when, ByteView nonce);

// Refuses with `signature_missing` a request whose headers are absent or malformed.
Result<Credentials> credentials_of(const Request& request);
bool is_signed_by(const Request& request, const Credentials& credentials, const crypto::Verifier& key);

// What is signed.
Bytes request_message(const Request& request, const Credentials& credentials);

// A whole decimal number of a header or a parameter; nothing for anything else.
std::optional<std::int64_t> number_from(std::string_view text);

}  // namespace wq::protocol
