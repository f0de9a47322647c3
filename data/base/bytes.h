// Binary data and its three text forms: hexadecimal, base 64 (RFC 4648) and Crockford's base 32.
// Not for text: that is UTF-8 in std::string (utf8.h).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wq {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

// The bytes of a text, without a copy; valid as long as the text.
inline ByteView bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view text_of(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline void append(Bytes& to, ByteView more) { to.insert(to.end(), more.begin(), more.end()); }

std::string to_hex(ByteView bytes);  // lower case
std::optional<Bytes> from_hex(std::string_view hex);

std::string to_base64(ByteView bytes);
std::optional<Bytes> from_base64(std::string_view text);

// Crockford base 32, upper case, most significant bit first, no padding: every character stands in
// the QR alphanumeric set. Reading takes lower case, and O as 0, I and L as 1; it refuses other
// characters and left-over bits that are not zero.
std::string to_crockford(ByteView bytes);
std::optional<Bytes> from_crockford(std::string_view text);

}  // namespace wq
