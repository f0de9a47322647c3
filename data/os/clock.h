// The one reader of time. Clock is a seam: the system's in the programs, a settable one in tests and the
// simulator. Time is a claim of this machine; order is the platform's.
#pragma once

#include "data/base/time.h"

namespace wq::os {

class Clock {
  public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
    // Milliseconds that only grow, unaffected by setting the clock: for sessions and lock-outs.
    virtual std::int64_t steady_ms() const = 0;
};

class SystemClock final : public Clock {
  public:
    Instant now() const override;
    std::int64_t steady_ms() const override;
};

// A clock that stands until it is moved.
class SetClock final : public Clock {
  public:
    explicit SetClock(Instant now) : now_(now) {}
    Instant now() const override { return now_; }
    std::int64_t steady_ms() const override { return now_.ms; }
    void advance(std::int64_t ms) { now_.ms += ms; }

  private:
    Instant now_;
};

}  // namespace wq::os
