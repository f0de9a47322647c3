// When a node syncs: as soon as there is something (continuous), every so many minutes, or in a window at
// night. Pure: no clock. Each device has its own moment within the window, so that all kiosks of a country
// don't come at once.
#pragma once

#include "data/base/ids.h"
#include "data/base/time.h"

#include <optional>
#include <string_view>

namespace wq::client {

struct Schedule {
    enum class When { continuous, timer, night };

    When when = When::continuous;
    std::int64_t every = 60 * kMinute;      // of a timer
    std::int64_t night = 2 * 60 * kMinute;  // after midnight in China, when the window begins
    std::int64_t night_length = 2 * 60 * kMinute;
};

// The device's own moment of the night: the first one after `after`.
Instant next_night(const Schedule& schedule, const Uuid& device, Instant after);

// "02:30" as minutes after midnight in milliseconds; nothing for what is no time of day.
std::optional<std::int64_t> time_of_day(std::string_view text);

}  // namespace wq::client
