#include "data/crypto/password.h"

#include "data/base/result.h"

#include <argon2.h>

namespace wq::crypto {
namespace {

constexpr std::size_t kSalt = 16, kHash = 32;

}  // namespace

std::string password_verifier(std::string_view password, Random& random, PasswordCost cost) {
    const Bytes salt = random.bytes(kSalt);
    std::string encoded(argon2_encodedlen(cost.passes, cost.memory_kib, cost.lanes, kSalt, kHash, Argon2_id),
                        '\0');
    const int error =
        argon2id_hash_encoded(cost.passes, cost.memory_kib, cost.lanes, password.data(), password.size(),
                              salt.data(), salt.size(), kHash, encoded.data(), encoded.size());
    if (error != ARGON2_OK) throw Fault(std::string("Argon2id: ") + argon2_error_message(error));
    encoded.resize(encoded.find('\0'));
    return encoded;
}

bool password_matches(std::string_view password, const std::string& verifier) {
    return argon2id_verify(verifier.c_str(), password.data(), password.size()) == ARGON2_OK;
}

bool password_never_matches(std::string_view password) {
    static const std::string kNobody = [] {
        SystemRandom random;
        return password_verifier(to_hex(random.bytes(16)), random);
    }();
    password_matches(password, kNobody);
    return false;
}

}  // namespace wq::crypto
