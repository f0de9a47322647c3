#include "data/base/bytes.h"

#include <array>

namespace wq {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

using Reverse = std::array<std::int8_t, 256>;

constexpr Reverse reverse_of(std::string_view alphabet) {
    Reverse table{};
    for (auto& value : table) value = -1;
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
    return table;
}

constexpr Reverse crockford_values() {
    Reverse table = reverse_of(kCrockford);
    for (char c = 'A'; c <= 'Z'; ++c) table[c - 'A' + 'a'] = table[static_cast<unsigned char>(c)];
    for (char c : {'o', 'O'}) table[static_cast<unsigned char>(c)] = 0;
    for (char c : {'i', 'I', 'l', 'L'}) table[static_cast<unsigned char>(c)] = 1;
    return table;
}

// Both base 32 and base 64 are a bit string cut into groups of `bits`.
std::string to_groups(ByteView bytes, int bits, std::string_view alphabet) {
    std::string text;
    text.reserve((bytes.size() * 8 + bits - 1) / bits);
    std::uint32_t held = 0;
    int count = 0;
    for (std::uint8_t byte : bytes) {
        held = held << 8 | byte;
        for (count += 8; count >= bits; count -= bits)
            text += alphabet[held >> (count - bits) & ((1u << bits) - 1)];
    }
    if (count > 0) text += alphabet[held << (bits - count) & ((1u << bits) - 1)];
    return text;
}

std::optional<Bytes> from_groups(std::string_view text, int bits, const Reverse& values) {
    Bytes bytes;
    bytes.reserve(text.size() * bits / 8);
    std::uint32_t held = 0;
    int count = 0;
    for (char c : text) {
        const int value = values[static_cast<unsigned char>(c)];
        if (value < 0) return std::nullopt;
        held = held << bits | static_cast<std::uint32_t>(value);
        count += bits;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<std::uint8_t>(held >> count));
        }
    }
    if (count >= bits || (held & ((1u << count) - 1)) != 0) return std::nullopt;
    return bytes;
}

}  // namespace

std::string to_hex(ByteView bytes) { return to_groups(bytes, 4, kHex); }

std::optional<Bytes> from_hex(std::string_view hex) {
    static constexpr Reverse kValues = [] {
        Reverse table = reverse_of(kHex);
        for (char c = 'A'; c <= 'F'; ++c) table[static_cast<unsigned char>(c)] = table[c - 'A' + 'a'];
        return table;
    }();
    return from_groups(hex, 4, kValues);
}

std::string to_base64(ByteView bytes) {
    std::string text = to_groups(bytes, 6, kBase64);
    while (text.size() % 4 != 0) text += '=';
    return text;
}

std::optional<Bytes> from_base64(std::string_view text) {
    static constexpr Reverse kValues = reverse_of(kBase64);
    if (text.size() % 4 != 0) return std::nullopt;
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
    return from_groups(text, 6, kValues);
}

std::string to_crockford(ByteView bytes) { return to_groups(bytes, 5, kCrockford); }

std::optional<Bytes> from_crockford(std::string_view text) {
    static constexpr Reverse kValues = crockford_values();
    return from_groups(text, 5, kValues);
}

}  // namespace wq
