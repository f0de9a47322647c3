// Digests and keyed digests: SM3 (GB/T 32905) and HMAC-SM3 (RFC 2104 with SM3), 32 bytes each, by
// OpenSSL. Not for passwords (password.h) nor for sealing (seal.h).
#pragma once

#include "data/base/bytes.h"

#include <array>
#include <memory>

namespace wq::crypto {

using Digest = std::array<std::uint8_t, 32>;

Digest sm3(ByteView data);
Digest hmac_sm3(ByteView key, ByteView data);

// The same with one key for many messages: making a key ready takes as long as a short message. Any number
// of threads may use it.
class HmacSm3 {
  public:
    explicit HmacSm3(ByteView key);
    Digest operator()(ByteView data) const;

  private:
    std::shared_ptr<const void> ready_;  // OpenSSL's state, never changed
};

// A number that follows from the content alone, so that everybody who has the content has the number: from
// kFirstContentNumber up, 62 bits of its SM3.
inline constexpr std::int64_t kFirstContentNumber = std::int64_t{1} << 62;
std::int64_t content_number(ByteView content);

// Takes the same time whatever differs.
bool same(ByteView a, ByteView b);

}  // namespace wq::crypto
