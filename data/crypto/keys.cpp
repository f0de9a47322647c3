#include "data/crypto/keys.h"

#include "data/crypto/hash.h"
#include "data/crypto/openssl.h"
#include "data/crypto/sm2_signing.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <optional>

namespace wq::crypto {
namespace {

// Without it OpenSSL 3.0 signs with an empty id, which verifies nowhere else.
constexpr std::string_view kSm2UserId = "1234567812345678";

std::optional<Algorithm> algorithm_of(EVP_PKEY* key) {
    if (EVP_PKEY_is_a(key, "SM2")) return Algorithm::sm2;
    if (EVP_PKEY_is_a(key, "ED25519")) return Algorithm::ed25519;
    return std::nullopt;
}

Bytes spki_of(EVP_PKEY* key) {
    unsigned char* der = nullptr;
    const int length = i2d_PUBKEY(key, &der);
    require(length > 0, "public key");
    Bytes spki(der, der + length);
    OPENSSL_free(der);
    return spki;
}

// A digest context ready to sign or verify; it owns the key context that carries SM2's user id.
struct Operation {
    EvpKeyContext key_context;
    EvpDigest digest{EVP_MD_CTX_new()};

    Operation(EVP_PKEY* key, Algorithm algorithm, bool signing) {
        const EVP_MD* md = nullptr;
        if (algorithm == Algorithm::sm2) {
            md = EVP_sm3();
            key_context.reset(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
            EVP_MD_CTX_set_pkey_ctx(digest.get(), key_context.get());
        }
        const int started = signing ? EVP_DigestSignInit(digest.get(), nullptr, md, nullptr, key)
                                    : EVP_DigestVerifyInit(digest.get(), nullptr, md, nullptr, key);
        require(started == 1, "signature start");
        if (key_context)
            require(EVP_PKEY_CTX_set1_id(key_context.get(), kSm2UserId.data(),
                                         static_cast<int>(kSm2UserId.size())) == 1,
                    "SM2 user id");
    }
};

using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Freeing<ECDSA_SIG_free>>;

Bytes der_from_raw(ByteView raw) {
    EcdsaSignature pair(ECDSA_SIG_new());
    ECDSA_SIG_set0(pair.get(), BN_bin2bn(raw.data(), 32, nullptr), BN_bin2bn(raw.data() + 32, 32, nullptr));
    unsigned char* der = nullptr;
    const int length = i2d_ECDSA_SIG(pair.get(), &der);
    require(length > 0, "SM2 signature");
    Bytes bytes(der, der + length);
    OPENSSL_free(der);
    return bytes;
}

}  // namespace

KeyId key_id(ByteView spki) {
    KeyId id;
    std::copy_n(sm3(spki).begin(), id.size(), id.begin());
    return id;
}

struct FileSigner::Key {
    EvpKey key;
    Algorithm algorithm;
    Bytes spki = spki_of(key.get());
    std::optional<Sm2Signing> sm2 = {};

    Key(EvpKey made, Algorithm kind) : key(std::move(made)), algorithm(kind) {
        if (kind == Algorithm::sm2) sm2.emplace(key.get());
    }
};

FileSigner::FileSigner(std::unique_ptr<Key> key) : key_(std::move(key)) {}
FileSigner::FileSigner(FileSigner&&) noexcept = default;
FileSigner& FileSigner::operator=(FileSigner&&) noexcept = default;
FileSigner::~FileSigner() = default;

FileSigner FileSigner::generate(Algorithm algorithm) {
    EvpKey key(EVP_PKEY_Q_keygen(nullptr, nullptr, algorithm == Algorithm::sm2 ? "SM2" : "ED25519"));
    require(key != nullptr, "key generation");
    return FileSigner(std::make_unique<Key>(std::move(key), algorithm));
}

Result<FileSigner> FileSigner::from_pem(const std::string& pem) {
    std::unique_ptr<BIO, Freeing<BIO_free_all>> bio(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    EvpKey key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
    const auto algorithm = key ? algorithm_of(key.get()) : std::nullopt;
    ERR_clear_error();
    if (!algorithm) return refuse("key_unreadable");
    return FileSigner(std::make_unique<Key>(std::move(key), *algorithm));
}

std::string FileSigner::to_pem() const {
    std::unique_ptr<BIO, Freeing<BIO_free_all>> bio(BIO_new(BIO_s_mem()));
    require(
        PEM_write_bio_PKCS8PrivateKey(bio.get(), key_->key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
        "private key");
    char* text = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<std::size_t>(length)};
}

Algorithm FileSigner::algorithm() const { return key_->algorithm; }
const Bytes& FileSigner::public_key() const { return key_->spki; }

Signature FileSigner::sign(ByteView message) const {
    if (key_->sm2) return key_->sm2->sign(message);
    Operation operation(key_->key.get(), key_->algorithm, true);
    Signature raw{};
    std::size_t length = raw.size();
    require(
        EVP_DigestSign(operation.digest.get(), raw.data(), &length, message.data(), message.size()) == 1 &&
            length == raw.size(),
        "signing");
    return raw;
}

std::optional<Bytes> FileSigner::unwrap(ByteView wrapped) const {
    if (key_->algorithm != Algorithm::sm2) return std::nullopt;
    const EvpKeyContext context(EVP_PKEY_CTX_new(key_->key.get(), nullptr));
    require(context && EVP_PKEY_decrypt_init(context.get()) == 1, "SM2 decryption");
    std::size_t size = wrapped.size();
    Bytes secret(size);
    const bool opened =
        EVP_PKEY_decrypt(context.get(), secret.data(), &size, wrapped.data(), wrapped.size()) == 1;
    ERR_clear_error();
    if (!opened) return std::nullopt;
    secret.resize(size);
    return secret;
}

struct Verifier::Key {
    EvpKey key;
    Algorithm algorithm;
    KeyId id;
};

Result<Verifier> Verifier::from_spki(ByteView spki) {
    const unsigned char* at = spki.data();
    EvpKey key(d2i_PUBKEY(nullptr, &at, static_cast<long>(spki.size())));
    const auto algorithm = key ? algorithm_of(key.get()) : std::nullopt;
    ERR_clear_error();
    if (!algorithm || at != spki.data() + spki.size()) return refuse("key_unreadable");
    return Verifier(std::make_shared<const Key>(Key{std::move(key), *algorithm, key_id(spki)}));
}

Algorithm Verifier::algorithm() const { return key_->algorithm; }
KeyId Verifier::id() const { return key_->id; }

Bytes Verifier::wrap(ByteView secret) const {
    const EvpKeyContext context(EVP_PKEY_CTX_new(key_->key.get(), nullptr));
    std::size_t size = 0;
    require(key_->algorithm == Algorithm::sm2 && context && EVP_PKEY_encrypt_init(context.get()) == 1 &&
                EVP_PKEY_encrypt(context.get(), nullptr, &size, secret.data(), secret.size()) == 1,
            "SM2 encryption");
    Bytes wrapped(size);
    require(EVP_PKEY_encrypt(context.get(), wrapped.data(), &size, secret.data(), secret.size()) == 1,
            "SM2 encryption");
    wrapped.resize(size);
    return wrapped;
}

bool Verifier::verify(ByteView message, ByteView signature) const {
    if (signature.size() != Signature{}.size()) return false;
    const bool sm2 = key_->algorithm == Algorithm::sm2;
    const Bytes form = sm2 ? der_from_raw(signature) : Bytes(signature.begin(), signature.end());
    Operation operation(key_->key.get(), key_->algorithm, false);
    const int valid =
        EVP_DigestVerify(operation.digest.get(), form.data(), form.size(), message.data(), message.size());
    ERR_clear_error();
    return valid == 1;
}

}  // namespace wq::crypto
