// The one source of randomness. Random is a seam: the operating system's generator in the programs, a
// seeded one in tests and the simulator.
#pragma once

#include "data/base/bytes.h"
#include "data/base/ids.h"

#include <string>

namespace wq::crypto {

class Random {
  public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> bytes) = 0;

    Bytes bytes(std::size_t count);
    Uuid uuid(Instant now);
    // Crockford characters for a person to type, for example an enrolment code.
    std::string typed_code(std::size_t characters);
};

// OpenSSL's generator, seeded by the operating system. Safe to use from several threads.
class SystemRandom final : public Random {
  public:
    void fill(std::span<std::uint8_t> bytes) override;
};

}  // namespace wq::crypto
