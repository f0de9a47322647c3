// One reader for each kind of file, each the only user of its library. They run in the decoding child (and in
// tests), never in the programs: a library that a file makes crash or hang takes nothing along. None throws
// but for want of memory.
#pragma once

#include "data/base/bytes.h"
#include "pdf/scan/canvas.h"

#include <functional>

namespace wq::scan {

// A page lies on the canvas; false: no more are wanted. `pages`: of the whole file.
using Give = std::function<bool(const Canvas& canvas, int pages)>;

// Upright as EXIF says, on white where transparent, the first picture of an animation. A JPEG of more than
// kMostMegapixels comes at a half, a quarter or an eighth of its size.
Decoded<void> read_jpeg(ByteView file, Canvas& canvas);
Decoded<void> read_png(ByteView file, Canvas& canvas);
// 1, 4, 8, 24 and 32 bits, not packed.
Decoded<void> read_bmp(ByteView file, Canvas& canvas);

// One page after another, small ones that stand for a page left out; gives their number.
Decoded<int> read_tiff(ByteView file, Canvas& canvas, const Give& give);

// `dpi` 0: at 200 dpi, or as fine as the page's size allows.
Decoded<int> read_pdf(ByteView file, int page, double dpi, Canvas& canvas, const Give& give);
// Opens once what any PDF may ask for: fonts and their tables.
void prepare_pdf();
Bytes preparing_pdf();  // asks for all of them

// What the child does with a file.
Decoded<int> decode(ByteView file, const DecodeRequest& request, Canvas& canvas, const Give& give);

}  // namespace wq::scan
