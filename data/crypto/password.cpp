#include "data/crypto/password.h"

#include "data/base/result.h"
#include "data/base/utf8.h"

#include <argon2.h>

#include <algorithm>
#include <cstdio>

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

bool is_verifier(std::string_view text) {
    unsigned memory_kib = 0, passes = 0, lanes = 0;
    int costs_end = 0;
    const std::string whole(text);
    if (std::sscanf(whole.c_str(), "$argon2id$v=19$m=%6u,t=%2u,p=%2u$%n", &memory_kib, &passes, &lanes,
                    &costs_end) != 3 ||
        costs_end == 0)
        return false;
    const auto parts = split(text.substr(static_cast<std::size_t>(costs_end)), '$');
    const auto is_base64 = [](std::string_view part) {
        return std::ranges::all_of(part, [](char c) {
            return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
                   c == '/';
        });
    };
    return memory_kib >= 8 * lanes && memory_kib <= 262144 && passes >= 1 && passes <= 10 && lanes >= 1 &&
           lanes <= 16 && parts.size() == 2 && parts[0].size() >= 11 && parts[0].size() <= 86 &&
           parts[1].size() >= 22 && parts[1].size() <= 86 && is_base64(parts[0]) && is_base64(parts[1]);
}

}  // namespace wq::crypto
