// When to try again after a failed round: full jitter between nothing and a ceiling that doubles from 2 s to
// 15 min, so that many nodes that lost the same platform don't all come back at once.
#pragma once

#include "data/base/time.h"
#include "data/crypto/random.h"

namespace wq::client {

class BackOff {
  public:
    // `random` must outlive it.
    explicit BackOff(crypto::Random& random) : random_(&random) {}

    // Milliseconds to wait before the next try; call it once for each failure.
    std::int64_t next();
    void reset() { ceiling_ = kFirst; }

    static constexpr std::int64_t kFirst = 2 * kSecond, kLongest = 15 * kMinute;

  private:
    crypto::Random* random_;
    std::int64_t ceiling_ = kFirst;
};

}  // namespace wq::client
