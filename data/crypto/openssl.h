// Owning pointers for OpenSSL objects and the one way its errors become a Fault. Inside data/crypto
// only; nothing of OpenSSL is seen outside.
#pragma once

#include "data/base/result.h"

#include <openssl/err.h>
#include <openssl/evp.h>

#include <memory>
#include <string>

namespace wq::crypto {

template <auto Free>
struct Freeing {
    void operator()(auto* object) const { Free(object); }
};

using EvpKey = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using EvpKeyContext = std::unique_ptr<EVP_PKEY_CTX, Freeing<EVP_PKEY_CTX_free>>;
using EvpDigest = std::unique_ptr<EVP_MD_CTX, Freeing<EVP_MD_CTX_free>>;
using EvpCipher = std::unique_ptr<EVP_CIPHER_CTX, Freeing<EVP_CIPHER_CTX_free>>;

inline void require(bool done, const char* what) {
    if (done) return;
    char text[256] = "";
    ERR_error_string_n(ERR_get_error(), text, sizeof text);
    ERR_clear_error();
    throw Fault(std::string(what) + ": " + text);
}

}  // namespace wq::crypto
