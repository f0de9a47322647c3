#include "data/os/clock.h"

#include <chrono>

namespace wq::os {
namespace {

template <class AnyClock>
std::int64_t ms_of() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(AnyClock::now().time_since_epoch()).count();
}

}  // namespace

Instant SystemClock::now() const { return {ms_of<std::chrono::system_clock>()}; }
std::int64_t SystemClock::steady_ms() const { return ms_of<std::chrono::steady_clock>(); }

}  // namespace wq::os
