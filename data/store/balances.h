// The closing balance of a day at this node (R63): what was said here is either with the platform, answered,
// or still waiting, and what was printed and returned has its papers and pictures. Counts in equal counts
// out, or the first row that is missing is named. Closed balances are kept, so that a row that is lost
// afterwards is missed.
#pragma once

#include "data/base/time.h"

#include <cstdint>
#include <optional>
#include <string>

namespace wq::store {

class Core;

struct Balance {
    Day day;
    std::int64_t said = 0;                                                  // acts recorded here that day
    std::int64_t accepted = 0, rejected = 0, quarantined = 0, waiting = 0;  // what became of them
    std::int64_t sent = 0;                                                  // of them, to the platform
    std::int64_t printed = 0, returned = 0, voided = 0;                     // of them, by what they are
    Instant closed;                                                         // 0: not closed yet
    // Nothing, or the first row that is missing: "event 17" (of this node), "print UUID 2" (of a paper that
    // nobody issued), "unfinished UUID 2" (begun, its end unknown), "picture HASH" (of a return),
    // "closing N" (so many acts that were there when the day was closed).
    std::string missing;
};

class Balances {
  public:
    explicit Balances(Core& core) : core_(&core) {}

    // As it is now, compared with its closing where there was one.
    Balance of(Day day) const;
    // The same, and kept. A day that was closed before keeps the larger count.
    Balance close(Day day);
    // The latest one that was closed.
    std::optional<Balance> last_closed() const;

  private:
    std::optional<Balance> closed(Day day) const;
    Core* core_;
};

}  // namespace wq::store
