#include "data/crypto/hash.h"

#include "data/crypto/openssl.h"

#include <openssl/crypto.h>
#include <openssl/hmac.h>

namespace wq::crypto {

Digest sm3(ByteView data) {
    static EVP_MD* const kSm3 = EVP_MD_fetch(nullptr, "SM3", nullptr);
    Digest digest;
    unsigned length = 0;
    require(EVP_Digest(data.data(), data.size(), digest.data(), &length, kSm3, nullptr) == 1, "SM3");
    return digest;
}

Digest hmac_sm3(ByteView key, ByteView data) {
    Digest digest;
    std::size_t length = 0;
    require(EVP_Q_mac(nullptr, "HMAC", nullptr, "SM3", nullptr, key.data(), key.size(), data.data(),
                      data.size(), digest.data(), digest.size(), &length) != nullptr,
            "HMAC-SM3");
    return digest;
}

bool same(ByteView a, ByteView b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace wq::crypto
