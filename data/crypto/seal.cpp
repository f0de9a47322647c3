#include "data/crypto/seal.h"

#include "data/crypto/openssl.h"

#include <algorithm>

namespace wq::crypto {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kNonce = 12, kTag = 16, kFrame = 1 + kNonce + kTag;

const EVP_CIPHER* aes_256_gcm() {
    static const EVP_CIPHER* const kCipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    return kCipher;
}

Digest derived(ByteView key, std::string_view purpose) {
    if (key.size() != Sealer::kKeySize) throw Fault("the sealing key must have 32 bytes");
    return hmac_sm3(key, bytes_of(purpose));
}

}  // namespace

Sealer::Sealer(ByteView key, Random& random)
    : seal_key_(derived(key, "wangqian seal 1")),
      lookup_(derived(key, "wangqian lookup 1")),
      random_(&random) {}

Bytes Sealer::seal(ByteView plain, std::string_view place) const {
    Bytes sealed(kFrame + plain.size());
    sealed[0] = kVersion;
    const std::span<std::uint8_t> nonce(sealed.data() + 1, kNonce);
    random_->fill(nonce);
    EvpCipher cipher(EVP_CIPHER_CTX_new());
    int length = 0;
    require(EVP_EncryptInit_ex(cipher.get(), aes_256_gcm(), nullptr, seal_key_.data(), nonce.data()) == 1 &&
                EVP_EncryptUpdate(cipher.get(), nullptr, &length, bytes_of(place).data(),
                                  static_cast<int>(place.size())) == 1 &&
                EVP_EncryptUpdate(cipher.get(), sealed.data() + 1 + kNonce, &length, plain.data(),
                                  static_cast<int>(plain.size())) == 1 &&
                EVP_EncryptFinal_ex(cipher.get(), sealed.data() + 1 + kNonce + plain.size(), &length) == 1 &&
                EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTag,
                                    sealed.data() + sealed.size() - kTag) == 1,
            "AES-256-GCM");
    return sealed;
}

std::optional<Bytes> Sealer::open(ByteView sealed, std::string_view place) const {
    if (sealed.size() < kFrame || sealed[0] != kVersion) return std::nullopt;
    Bytes plain(sealed.size() - kFrame);
    Bytes tag(sealed.end() - kTag, sealed.end());
    EvpCipher cipher(EVP_CIPHER_CTX_new());
    int length = 0;
    require(
        EVP_DecryptInit_ex(cipher.get(), aes_256_gcm(), nullptr, seal_key_.data(), sealed.data() + 1) == 1 &&
            EVP_DecryptUpdate(cipher.get(), nullptr, &length, bytes_of(place).data(),
                              static_cast<int>(place.size())) == 1 &&
            EVP_DecryptUpdate(cipher.get(), plain.data(), &length, sealed.data() + 1 + kNonce,
                              static_cast<int>(plain.size())) == 1 &&
            EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTag, tag.data()) == 1,
        "AES-256-GCM");
    std::uint8_t rest[16];
    const bool genuine = EVP_DecryptFinal_ex(cipher.get(), rest, &length) == 1;
    ERR_clear_error();
    return genuine ? std::optional(std::move(plain)) : std::nullopt;
}

Bytes Sealer::lookup_tag(std::string_view value, std::string_view place) const {
    Bytes message(place.begin(), place.end());
    message.push_back(0);
    append(message, bytes_of(value));
    const Digest digest = lookup_(message);
    return {digest.begin(), digest.begin() + 16};
}

}  // namespace wq::crypto
