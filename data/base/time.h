// Moments and calendar days. A moment is UTC milliseconds since 1970, read by one clock (data/os) and
// passed in; people see it in China Standard Time (UTC+8, no daylight saving). Leap seconds are ignored.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wq {

struct Instant {
    std::int64_t ms = 0;

    auto operator<=>(const Instant&) const = default;
};

inline constexpr std::int64_t kSecond = 1000;
inline constexpr std::int64_t kMinute = 60 * kSecond;
inline constexpr std::int64_t kDay = 24 * 60 * kMinute;

// A day of the Gregorian calendar.
struct Day {
    int year = 1970;
    int month = 1;
    int day = 1;

    auto operator<=>(const Day&) const = default;
};

bool is_real(Day day);
std::int64_t days_since_1970(Day day);
Day day_of(std::int64_t days_since_1970);
Day day_in_china(Instant moment);
Instant midnight_in_china(Day day);

std::string to_iso(Day day);                            // "2026-06-03"
std::optional<Day> day_from_iso(std::string_view iso);  // also "20260603"; nothing for an unreal day

std::string to_iso(Instant moment);                             // "2026-06-03T03:16:00.000Z"
std::optional<Instant> instant_from_iso(std::string_view iso);  // of the form above only
std::string shown_time(Instant moment);                         // "2026-06-03 11:16", China time
std::string shown_short(Instant moment);                        // "6月3日 11:16", China time

}  // namespace wq
