// One page's content stream (ISO 32000-1, 7.8.2) from its drawing, and the pictures it refers to. Inner
// part of the press.
#pragma once

#include "pdf/render/drawing.h"
#include "pdf/render/page_fonts.h"

#include <string>
#include <vector>

namespace wq::render {

struct PageStream {
    std::string content;  // fonts are /F0 and /F1 of PageFonts, codes /C0, /C1, …, photos /P0, /P1, …
    std::vector<const QrSymbol*> pictures;
    std::vector<const Photograph*> photos;
    std::vector<bool> parts;  // marked for reading aloud (tagging.h), true: a heading
};

// Of the drawing's own items. Refuses with `character_not_printable` {code_point}. Pictures and photos live
// as long as the drawing. `before` is how many marked parts stand on the page before these.
Result<PageStream> page_stream(const Drawing& drawing, PageFonts& fonts, std::size_t before = 0);

}  // namespace wq::render
