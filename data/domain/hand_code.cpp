#include "data/domain/hand_code.h"

#include <array>

namespace wq::domain {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kData = 10, kLength = 12, kGroup = 4;
constexpr int kDigestBits = 45;

using Symbols = std::array<std::uint8_t, kLength>;

// Twice `value` in the field of 32 elements with x^5 + x^2 + 1, where 2 is primitive.
constexpr std::uint8_t doubled(std::uint8_t value) {
    return static_cast<std::uint8_t>((value << 1 & 0x1F) ^ (value & 0x10 ? 0b00101 : 0));
}

// The remainder by (x - 1)(x - 2) = x^2 + 3x + 2: zero for a right code.
constexpr std::array<std::uint8_t, 2> remainder(const Symbols& symbols) {
    std::uint8_t high = 0, low = 0;
    for (std::uint8_t symbol : symbols) {
        const std::uint8_t lead = high;
        high = low ^ lead ^ doubled(lead);
        low = symbol ^ doubled(lead);
    }
    return {high, low};
}

// The value of a character that a person typed, or 32.
std::uint8_t value_of(char c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    const std::size_t at = kAlphabet.find(c);
    return static_cast<std::uint8_t>(at == kAlphabet.npos ? kAlphabet.size() : at);
}

}  // namespace

HandCode hand_code(const Hash& paper_digest, int page) {
    HandCode code{page <= 31 ? page : 0, 0};
    for (std::size_t i = 0; i < 6; ++i) code.digest = code.digest << 8 | paper_digest[i];
    code.digest >>= 48 - kDigestBits;
    return code;
}

std::string to_text(const HandCode& code) {
    Symbols symbols{};
    std::uint64_t rest = std::uint64_t(code.page) << kDigestBits | code.digest;
    for (std::size_t i = kData; i-- > 0; rest >>= 5) symbols[i] = rest & 0x1F;
    const auto check = remainder(symbols);
    symbols[kData] = check[0], symbols[kData + 1] = check[1];
    std::string text;
    for (std::size_t i = 0; i < kLength; ++i) {
        if (i > 0 && i % kGroup == 0) text += '-';
        text += kAlphabet[symbols[i]];
    }
    return text;
}

Result<HandCode> hand_code_from_text(std::string_view text) {
    Symbols symbols{};
    std::size_t length = 0;
    for (char c : text) {
        if (c == ' ' || c == '-') continue;
        const std::uint8_t value = value_of(c);
        if (value == kAlphabet.size())
            return refuse("hand_code_character", {{"character", std::string(1, (c & 0x80) != 0 ? '?' : c)}});
        if (length < kLength) symbols[length] = value;
        ++length;
    }
    if (length != kLength) return refuse("hand_code_length", {{"length", std::to_string(length)}});
    if (remainder(symbols) != std::array<std::uint8_t, 2>{}) return refuse("hand_code_mistyped");
    std::uint64_t all = 0;
    for (std::size_t i = 0; i < kData; ++i) all = all << 5 | symbols[i];
    return HandCode{static_cast<int>(all >> kDigestBits), all & ((std::uint64_t{1} << kDigestBits) - 1)};
}

}  // namespace wq::domain
