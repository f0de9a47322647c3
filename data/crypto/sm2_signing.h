// SM2 signatures (GB/T 32918.2, user id "1234567812345678") whose nonce follows from key and message, as
// RFC 6979 does it, here with HMAC-SM3: the same key and message always give the same 64 bytes, and no bad
// random number can give the key away. Points and numbers are OpenSSL's. Inner part of keys.h.
#pragma once

#include "data/crypto/keys.h"
#include "data/crypto/openssl.h"

#include <memory>

namespace wq::crypto {

class Sm2Signing {
  public:
    // Of a private SM2 key; what does not depend on the message is worked out once.
    explicit Sm2Signing(EVP_PKEY* key);
    ~Sm2Signing();

    Signature sign(ByteView message) const;  // thread-safe

  private:
    struct Numbers;
    std::unique_ptr<const Numbers> numbers_;
};

}  // namespace wq::crypto
