// Identities: UUID version 7 (RFC 9562), made from a moment and 10 random bytes that the caller
// brings, so that tests and the simulator repeat. Never used for order: the platform orders.
#pragma once

#include "data/base/bytes.h"
#include "data/base/time.h"

#include <array>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace wq {

struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Uuid&) const = default;
    ByteView view() const { return bytes; }
    bool is_nil() const { return *this == Uuid{}; }
};

Uuid uuid_v7(Instant now, const std::array<std::uint8_t, 10>& random);

std::string to_text(const Uuid& id);  // "0197a2b4-…", lower case
std::optional<Uuid> uuid_from_text(std::string_view text);
std::optional<Uuid> uuid_from_bytes(ByteView bytes);

}  // namespace wq
