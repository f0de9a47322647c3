// Text at the inlets: encodings and normal form. Everything inside the program is valid UTF-8 in normal
// form C (UAX #15); this is where foreign text becomes so. The only user of ICU.
#pragma once

#include "data/base/result.h"

#include <string>
#include <string_view>

namespace wq::os {

// Valid UTF-8 in normal form C, with the middle dots of names unified to U+00B7. Refuses invalid
// UTF-8 with `text_not_utf8` {position}.
Result<std::string> normal_text(std::string_view text);

// The first letters of a text's readings in pinyin, lower case, Latin letters and digits as they are: "张伟A" ->
// "zwa". Characters without a known reading are left out. For finding, never for showing.
std::string pinyin_initials(std::string_view text);

// A text file as schools have them: UTF-8 with or without byte order mark, UTF-16 with one, else
// GB18030. Refuses with `text_encoding_unknown` {position} what is none of them, and UTF-8 that was
// cut within a character.
Result<std::string> text_of_unknown_encoding(std::string_view content);

}  // namespace wq::os
