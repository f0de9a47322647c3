#include "sync/client/back_off.h"

#include <algorithm>

namespace wq::client {

std::int64_t BackOff::next() {
    std::uint64_t number = 0;
    for (const std::uint8_t byte : random_->bytes(sizeof number)) number = number << 8 | byte;
    const auto wait = static_cast<std::int64_t>(number % static_cast<std::uint64_t>(ceiling_ + 1));
    ceiling_ = std::min(2 * ceiling_, kLongest);
    return wait;
}

}  // namespace wq::client
