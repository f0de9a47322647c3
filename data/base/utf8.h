// UTF-8 text as code points (Unicode 15, RFC 3629): validity, counting, cutting, masking.
// Lengths that a person sees are code points, never bytes. Normal form C is made at the inlets by
// data/os/text.h, which has ICU; here nothing but the standard library is used.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wq {

// False for overlong forms, surrogates, values beyond U+10FFFF and truncated sequences.
bool is_valid_utf8(std::string_view text);
// How many bytes from the beginning are valid.
std::size_t valid_utf8_prefix(std::string_view text);

// The functions below expect valid UTF-8.
std::size_t count_code_points(std::string_view text);
std::u32string to_code_points(std::string_view text);
// The code point that begins at `at`, which moves on to the next one.
char32_t next_code_point(std::string_view text, std::size_t& at);
std::string to_utf8(std::u32string_view points);
std::string to_utf8(char32_t point);

// The first `count` code points.
std::string_view first_code_points(std::string_view text, std::size_t count);

// Without white space (also U+3000) at both ends.
std::string_view trimmed(std::string_view text);

// True for U+0000–001F (line feed and tab too), U+007F–009F, line and paragraph separators,
// bidirectional controls, private use and noncharacters: what has no place in a registered value.
bool is_control(char32_t point);

// Full-width letters, digits and punctuation as ASCII; white space removed. For codes and numbers.
std::string to_half_width(std::string_view text);

// A–Z and a–z only; everything else stays.
std::string to_lower_ascii(std::string_view text);
std::string to_upper_ascii(std::string_view text);

// "奚𬱖" -> "奚*": the family name's first character, the rest hidden whatever its length.
std::string masked_name(std::string_view name);

// "510107199903140024" -> "5101**********0024"; short values are hidden whole.
std::string masked_number(std::string_view number);

std::vector<std::string_view> split(std::string_view text, char separator);

}  // namespace wq
