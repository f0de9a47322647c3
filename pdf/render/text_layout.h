// Lines of text: how wide they are and where they break, by the rules of Chinese typesetting
// (CLREQ 3.1.3): no closing punctuation at a line's start, no opening one at its end, Latin words and
// numbers whole. Type never shrinks and nothing is cut: what doesn't fit becomes another line.
#pragma once

#include "pdf/render/drawing.h"

#include <string>
#include <string_view>
#include <vector>

namespace wq::render {

// What two full-width punctuation marks that meet give up of the blank between them, in 1/1000 em: a half
// square (CLREQ 3.1.6.1), so that 。） and ；（ look no wider than other pairs. 0 for all other characters.
int squeeze(char32_t before, char32_t after);

// All widths are in mm. Characters that no font draws count as nothing: check() text before.
double width_of(const Fonts& fonts, Style style, std::string_view text);

struct TextLine {
    std::string text;
    double width;
    bool ends_paragraph;
};

// Line feeds end paragraphs; an empty text is one empty line. A word wider than `width` breaks anywhere.
std::vector<TextLine> wrap(const Fonts& fonts, Style style, std::string_view text, double width);

// What to add after each character for the line to reach `width`; 0 at a paragraph's end.
double justified(const TextLine& line, double width);

enum class Align { left, centre, right };

// Adds one line of text; `x` is its left end, middle or right end.
void add_text(Drawing& page, const Fonts& fonts, Point at, Style style, std::string_view text,
              Align align = Align::left, double tracking = 0);

}  // namespace wq::render
