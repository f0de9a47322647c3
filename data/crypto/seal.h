// Sealing of personal columns and attachments at rest: AES-256-GCM (NIST SP 800-38D). A sealed value is
// version (1 byte) || nonce (12) || ciphertext || tag (16); `place` (for example "graduate.resident_id")
// is bound to it, so that a sealed value can't be moved to another column.
#pragma once

#include "data/base/bytes.h"
#include "data/crypto/hash.h"
#include "data/crypto/random.h"

#include <optional>
#include <string_view>

namespace wq::crypto {

class Sealer {
  public:
    static constexpr std::size_t kKeySize = 32;

    // `key` is 32 bytes; Fault otherwise. Keys for sealing and for look-ups are derived from it.
    // `random` must outlive the sealer.
    Sealer(ByteView key, Random& random);

    Bytes seal(ByteView plain, std::string_view place) const;
    // Nothing when it was sealed with another key or place, or changed since.
    std::optional<Bytes> open(ByteView sealed, std::string_view place) const;

    // A keyed digest by which a sealed value can be found: equal values, equal tags, nothing else told.
    Bytes lookup_tag(std::string_view value, std::string_view place) const;

  private:
    Digest seal_key_;
    HmacSm3 lookup_;
    Random* random_;
};

}  // namespace wq::crypto
