#include "data/base/time.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace wq {
namespace {

constexpr std::int64_t kChinaOffset = 8 * 60 * kMinute;

std::chrono::year_month_day civil(Day day) {
    return std::chrono::year(day.year) / std::chrono::month(static_cast<unsigned>(day.month)) /
           std::chrono::day(static_cast<unsigned>(day.day));
}

struct Civil {
    Day day;
    int hour, minute, second, ms;
};

Civil civil_of(std::int64_t ms) {
    const std::int64_t days = (ms >= 0 ? ms : ms - kDay + 1) / kDay;
    const std::int64_t rest = ms - days * kDay;
    return {day_of(days), static_cast<int>(rest / (60 * kMinute)), static_cast<int>(rest / kMinute % 60),
            static_cast<int>(rest / kSecond % 60), static_cast<int>(rest % kSecond)};
}

template <class... Values>
std::string printed(const char* format, Values... values) {
    std::array<char, 64> text{};
    const int length = std::snprintf(text.data(), text.size(), format, values...);
    return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace

bool is_real(Day day) {
    // <chrono> keeps a month and a day in one byte each: 257 would be 1.
    return day.month >= 1 && day.month <= 12 && day.day >= 1 && day.day <= 31 && civil(day).ok();
}

std::int64_t days_since_1970(Day day) { return std::chrono::sys_days(civil(day)).time_since_epoch().count(); }

Day day_of(std::int64_t days) {
    const std::chrono::year_month_day ymd{std::chrono::sys_days(std::chrono::days(days))};
    return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
            static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

Day day_in_china(Instant moment) { return civil_of(moment.ms + kChinaOffset).day; }

Instant midnight_in_china(Day day) { return {days_since_1970(day) * kDay - kChinaOffset}; }

std::string to_iso(Day day) { return printed("%04d-%02d-%02d", day.year, day.month, day.day); }

std::optional<Day> day_from_iso(std::string_view iso) {
    std::string digits;
    for (std::size_t i = 0; i < iso.size(); ++i) {
        if (iso.size() == 10 && (i == 4 || i == 7)) {
            if (iso[i] != '-') return std::nullopt;
        } else if (iso[i] >= '0' && iso[i] <= '9') {
            digits += iso[i];
        } else {
            return std::nullopt;
        }
    }
    if (digits.size() != 8 || (iso.size() != 8 && iso.size() != 10)) return std::nullopt;
    const Day day{std::stoi(digits.substr(0, 4)), std::stoi(digits.substr(4, 2)),
                  std::stoi(digits.substr(6, 2))};
    return is_real(day) ? std::optional(day) : std::nullopt;
}

std::string to_iso(Instant moment) {
    const Civil c = civil_of(moment.ms);
    return to_iso(c.day) + printed("T%02d:%02d:%02d.%03dZ", c.hour, c.minute, c.second, c.ms);
}

std::optional<Instant> instant_from_iso(std::string_view iso) {
    if (iso.size() != 24 || iso[10] != 'T' || iso[23] != 'Z') return std::nullopt;
    const auto day = day_from_iso(iso.substr(0, 10));
    int hour = 0, minute = 0, second = 0, ms = 0;
    const std::string time(iso.substr(11));
    if (!day || std::sscanf(time.c_str(), "%2d:%2d:%2d.%3d", &hour, &minute, &second, &ms) != 4)
        return std::nullopt;
    return Instant{days_since_1970(*day) * kDay + hour * 60 * kMinute + minute * kMinute + second * kSecond +
                   ms};
}

std::string shown_time(Instant moment) {
    const Civil c = civil_of(moment.ms + kChinaOffset);
    return to_iso(c.day) + printed(" %02d:%02d", c.hour, c.minute);
}

std::string shown_short(Instant moment) {
    const Civil c = civil_of(moment.ms + kChinaOffset);
    return printed("%d月%d日 %02d:%02d", c.day.month, c.day.day, c.hour, c.minute);
}

}  // namespace wq
