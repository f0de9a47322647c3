#include "data/base/utf8.h"

#include <algorithm>
#include <cstdint>

namespace wq {
namespace {

// Length of the sequence that starts at `text`, or 0 where there is no valid one.
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const auto follows = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0) == 0x80; };
    const std::uint8_t first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first < 0xE0) return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first < 0xF0) {
        if (!follows(1) || !follows(2)) return 0;
        if (first == 0xE0 && byte(1) < 0xA0) return 0;   // overlong
        if (first == 0xED && byte(1) >= 0xA0) return 0;  // surrogate
        return 3;
    }
    if (first >= 0xF0 && first < 0xF5) {
        if (!follows(1) || !follows(2) || !follows(3)) return 0;
        if (first == 0xF0 && byte(1) < 0x90) return 0;   // overlong
        if (first == 0xF4 && byte(1) >= 0x90) return 0;  // beyond U+10FFFF
        return 4;
    }
    return 0;
}

std::size_t length_by_lead(char lead) {
    const auto byte = static_cast<std::uint8_t>(lead);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

char32_t code_point_at(std::string_view text, std::size_t length) {
    static constexpr std::uint8_t kLeadBits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    char32_t point = static_cast<std::uint8_t>(text[0]) & kLeadBits[length];
    for (std::size_t i = 1; i < length; ++i) point = point << 6 | (static_cast<std::uint8_t>(text[i]) & 0x3F);
    return point;
}

bool is_space(char32_t point) {
    return point == 0x20 || (point >= 0x09 && point <= 0x0D) || point == 0xA0 || point == 0x3000 ||
           (point >= 0x2000 && point <= 0x200A) || point == 0xFEFF;
}

}  // namespace

std::size_t valid_utf8_prefix(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t length = sequence_length(text.substr(at));
        if (length == 0) break;
        at += length;
    }
    return at;
}

bool is_valid_utf8(std::string_view text) { return valid_utf8_prefix(text) == text.size(); }

std::size_t count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (char c : text) count += (static_cast<std::uint8_t>(c) & 0xC0) != 0x80;
    return count;
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
    const std::size_t length = std::min(length_by_lead(text[at]), text.size() - at);
    const char32_t point = code_point_at(text.substr(at, length), length);
    at += length;
    return point;
}

std::u32string to_code_points(std::string_view text) {
    std::u32string points;
    points.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) points += next_code_point(text, at);
    return points;
}

std::string to_utf8(char32_t point) {
    const auto byte = [](char32_t value) { return static_cast<char>(value); };
    if (point < 0x80) return {byte(point)};
    if (point < 0x800) return {byte(0xC0 | point >> 6), byte(0x80 | (point & 0x3F))};
    if (point < 0x10000)
        return {byte(0xE0 | point >> 12), byte(0x80 | (point >> 6 & 0x3F)), byte(0x80 | (point & 0x3F))};
    return {byte(0xF0 | point >> 18), byte(0x80 | (point >> 12 & 0x3F)), byte(0x80 | (point >> 6 & 0x3F)),
            byte(0x80 | (point & 0x3F))};
}

std::string to_utf8(std::u32string_view points) {
    std::string text;
    for (char32_t point : points) text += to_utf8(point);
    return text;
}

std::string_view first_code_points(std::string_view text, std::size_t count) {
    std::size_t end = 0;
    while (count-- > 0 && end < text.size()) end += length_by_lead(text[end]);
    return text.substr(0, end);
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = std::min(length_by_lead(text[0]), text.size());
        if (!is_space(code_point_at(text, length))) break;
        text.remove_prefix(length);
    }
    while (!text.empty()) {
        std::size_t start = text.size() - 1;
        while (start > 0 && (static_cast<std::uint8_t>(text[start]) & 0xC0) == 0x80) --start;
        if (!is_space(code_point_at(text.substr(start), text.size() - start))) break;
        text = text.substr(0, start);
    }
    return text;
}

bool is_control(char32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x061C ||
           (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF || (point >= 0xE000 && point <= 0xF8FF) ||
           (point >= 0xFDD0 && point <= 0xFDEF) || (point & 0xFFFE) == 0xFFFE || point >= 0xF0000;
}

std::string to_half_width(std::string_view text) {
    if (std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; })) return std::string(text);
    std::string half;
    for (char32_t point : to_code_points(text)) {
        if (is_space(point)) continue;
        half += to_utf8(point >= 0xFF01 && point <= 0xFF5E ? point - 0xFEE0 : point);
    }
    return half;
}

std::string to_lower_ascii(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

std::string to_upper_ascii(std::string_view text) {
    std::string upper(text);
    for (char& c : upper)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return upper;
}

std::string masked_name(std::string_view name) {
    if (name.empty()) return {};
    return std::string(first_code_points(name, 1)) + "*";
}

std::string masked_number(std::string_view number) {
    if (number.size() < 11) return std::string(number.size(), '*');
    return std::string(number.substr(0, 4)) + std::string(number.size() - 8, '*') +
           std::string(number.substr(number.size() - 4));
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

}  // namespace wq
