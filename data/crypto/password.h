// Password verifiers: Argon2id version 1.3 (RFC 9106), as the usual encoded text
// "$argon2id$v=19$m=…,t=…,p=…$salt$hash", so that costs can rise without breaking old ones.
#pragma once

#include "data/crypto/random.h"

#include <string>
#include <string_view>

namespace wq::crypto {

struct PasswordCost {
    std::uint32_t memory_kib = 65536;  // second recommended option of RFC 9106, section 4
    std::uint32_t passes = 3;
    std::uint32_t lanes = 4;
};

std::string password_verifier(std::string_view password, Random& random, PasswordCost cost = {});
bool password_matches(std::string_view password, const std::string& verifier);

// Whether this is such a verifier, of costs that a kiosk can bear: at most 256 MiB, 10 passes and 16 lanes.
bool is_verifier(std::string_view text);

// Takes as long as a real check and is always false: for accounts that don't exist.
bool password_never_matches(std::string_view password);

}  // namespace wq::crypto
