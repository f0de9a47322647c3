// Signing keys: SM2 with SM3 (GB/T 32918.2, user id "1234567812345678" as GM/T 0009 fixes it) and
// Ed25519 (RFC 8032); the same key and message give the same signature in both. Signatures are 64 raw bytes,
// r || s for SM2. Public keys are SPKI in DER; a key's id is the first 4 bytes of SM3 over it, so several
// keys may share one: try all that match.
#pragma once

#include "data/base/bytes.h"
#include "data/base/result.h"

#include <array>
#include <memory>
#include <optional>
#include <string>

namespace wq::crypto {

enum class Algorithm : std::uint8_t { sm2 = 1, ed25519 = 2 };

using Signature = std::array<std::uint8_t, 64>;
using KeyId = std::array<std::uint8_t, 4>;

KeyId key_id(ByteView spki);

// Who can sign: a key in a file, later a token or a module (PKCS#11, GM/T 0018). Thread-safe.
class Signer {
  public:
    virtual ~Signer() = default;
    virtual Algorithm algorithm() const = 0;
    virtual const Bytes& public_key() const = 0;  // SPKI, DER
    virtual Signature sign(ByteView message) const = 0;
    // What Verifier::wrap() made for this key; nothing where it was made for another, or was changed.
    virtual std::optional<Bytes> unwrap(ByteView wrapped) const = 0;
};

// A private key in memory; kept as PKCS#8 PEM.
class FileSigner final : public Signer {
  public:
    static FileSigner generate(Algorithm algorithm);
    // Refuses text that is not a private key of one of the two kinds: `key_unreadable`.
    static Result<FileSigner> from_pem(const std::string& pem);

    FileSigner(FileSigner&&) noexcept;
    FileSigner& operator=(FileSigner&&) noexcept;
    ~FileSigner() override;

    std::string to_pem() const;
    Algorithm algorithm() const override;
    const Bytes& public_key() const override;
    Signature sign(ByteView message) const override;
    std::optional<Bytes> unwrap(ByteView wrapped) const override;

  private:
    struct Key;
    explicit FileSigner(std::unique_ptr<Key> key);
    std::unique_ptr<Key> key_;
};

// A public key, read once and used often. Thread-safe.
class Verifier {
  public:
    // Refuses what is not an SM2 or Ed25519 key: `key_unreadable`.
    static Result<Verifier> from_spki(ByteView spki);

    Algorithm algorithm() const;
    KeyId id() const;
    bool verify(ByteView message, ByteView signature) const;
    // A short secret that only the holder of the private key reads: SM2 encryption (GB/T 32918.4 with SM3) in
    // the form of GM/T 0009, section 7.2. An SM2 key's; Fault for another.
    Bytes wrap(ByteView secret) const;

  private:
    struct Key;
    explicit Verifier(std::shared_ptr<const Key> key) : key_(std::move(key)) {}
    std::shared_ptr<const Key> key_;
};

}  // namespace wq::crypto
