// What a proof of the simulator throws. Not for the programs, and not for what goes wrong in the simulator
// itself: that is a Fault.
#pragma once

#include <stdexcept>
#include <string>

namespace wq::sim {

// A promise was broken. Ends the schedule.
class Violation : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

inline void demand(bool holds, const std::string& what) {
    if (!holds) throw Violation(what);
}

}  // namespace wq::sim
