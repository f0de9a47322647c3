#include "data/crypto/random.h"

#include "data/crypto/openssl.h"

#include <openssl/rand.h>

namespace wq::crypto {

Bytes Random::bytes(std::size_t count) {
    Bytes filled(count);
    fill(filled);
    return filled;
}

Uuid Random::uuid(Instant now) {
    std::array<std::uint8_t, 10> random{};
    fill(random);
    return uuid_v7(now, random);
}

std::string Random::typed_code(std::size_t characters) {
    return to_crockford(bytes((characters * 5 + 7) / 8)).substr(0, characters);
}

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
    require(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1, "random bytes");
}

}  // namespace wq::crypto
