#include "sync/client/schedule.h"

#include "data/crypto/hash.h"

#include <algorithm>

namespace wq::client {

Instant next_night(const Schedule& schedule, const Uuid& device, Instant after) {
    const crypto::Digest digest = crypto::sm3(device.view());
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i) number = number << 8 | digest[i];
    const auto length = static_cast<std::uint64_t>(std::max<std::int64_t>(schedule.night_length, 1));
    const auto offset = schedule.night + static_cast<std::int64_t>(number % length);
    Instant night{midnight_in_china(day_in_china({after.ms - offset})).ms + offset};
    while (night.ms <= after.ms) night.ms += kDay;
    return night;
}

std::optional<std::int64_t> time_of_day(std::string_view text) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
        return std::nullopt;
    const int hours = (text[0] - '0') * 10 + text[1] - '0', minutes = (text[3] - '0') * 10 + text[4] - '0';
    if (hours > 23 || minutes > 59) return std::nullopt;
    return (hours * 60 + minutes) * kMinute;
}

}  // namespace wq::client
