#include "data/crypto/hash.h"

#include "data/crypto/openssl.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <memory>

namespace wq::crypto {

Digest sm3(ByteView data) {
    static EVP_MD* const kSm3 = EVP_MD_fetch(nullptr, "SM3", nullptr);
    Digest digest;
    unsigned length = 0;
    require(EVP_Digest(data.data(), data.size(), digest.data(), &length, kSm3, nullptr) == 1, "SM3");
    return digest;
}

namespace {

using EvpMac = std::unique_ptr<EVP_MAC_CTX, Freeing<EVP_MAC_CTX_free>>;

// Ready but for the key: looking the algorithms up takes longer than a short message's HMAC.
const EVP_MAC_CTX* keyless_hmac() {
    static const EVP_MAC_CTX* const kKeyless = [] {
        EVP_MAC* mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
        EVP_MAC_CTX* made = mac ? EVP_MAC_CTX_new(mac) : nullptr;
        char name[] = "SM3";
        const OSSL_PARAM digest[] = {OSSL_PARAM_construct_utf8_string("digest", name, 0),
                                     OSSL_PARAM_construct_end()};
        require(made && EVP_MAC_CTX_set_params(made, digest) == 1, "HMAC-SM3");
        return made;
    }();
    return kKeyless;
}

}  // namespace

HmacSm3::HmacSm3(ByteView key) {
    EvpMac mac(EVP_MAC_CTX_dup(keyless_hmac()));
    require(mac && EVP_MAC_init(mac.get(), key.data(), key.size(), nullptr) == 1, "HMAC-SM3");
    ready_ = std::shared_ptr<const EVP_MAC_CTX>(std::move(mac));
}

Digest HmacSm3::operator()(ByteView data) const {
    const EvpMac mac(EVP_MAC_CTX_dup(static_cast<const EVP_MAC_CTX*>(ready_.get())));
    Digest digest;
    std::size_t length = 0;
    require(mac && EVP_MAC_update(mac.get(), data.data(), data.size()) == 1 &&
                EVP_MAC_final(mac.get(), digest.data(), &length, digest.size()) == 1,
            "HMAC-SM3");
    return digest;
}

Digest hmac_sm3(ByteView key, ByteView data) { return HmacSm3(key)(data); }

std::int64_t content_number(ByteView content) {
    const Digest digest = sm3(content);
    std::int64_t number = 0;
    for (int i = 0; i < 8; ++i) number = number << 8 | (i == 0 ? digest[0] & 0x3f : digest[i]);
    return number | kFirstContentNumber;
}

bool same(ByteView a, ByteView b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace wq::crypto
