// How often somebody may do something: counted in fixed windows by a key (an address, an account), in this
// process's memory. Behind a balancer each instance counts for itself: the limits are against machines that
// guess, and the count of wrong passwords, which matters exactly, is in the database. Any number of threads.
#pragma once

#include "data/base/time.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace wq::platform {

struct Rate {
    int most;
    std::int64_t window_ms;
};

class Limiter {
  public:
    // Counts this time too. 0 where it is allowed, else the seconds until it is again.
    int wait(const std::string& key, Rate rate, Instant now);

  private:
    struct Window {
        std::int64_t ends = 0;
        int count = 0;
    };
    void sweep(Instant now);

    std::mutex mutex_;
    std::map<std::string, Window> windows_;
    std::int64_t next_sweep_ = 0;
};

}  // namespace wq::platform
