// Foreign files as pictures: JPEG, PNG, TIFF and BMP, and the pages of PDF and multi-page TIFF. The most
// exposed code of the house: no foreign byte is decoded in this process, but by a caged child (decoder.h),
// and no bad file gets out of here as anything but a refusal. Fault only where the child can't be had.
#pragma once

#include "data/base/result.h"
#include "pdf/scan/page_limits.h"
#include "pdf/scan/picture.h"

#include <functional>
#include <string_view>
#include <vector>

namespace wq::scan {

// Each page as soon as it is decoded, one in memory at a time; `take` says whether more are wanted, and what
// it throws is passed on. Upright as EXIF says, of whatever depth and colour made 8-bit BGR, on white; a JPEG
// beyond 40 megapixels at a part of its size; a PDF's pages at 200 dpi, less where they are very large.
// Refusals: `file_empty`, `file_too_large` {file, limit}, `not_a_picture`, `picture_format_unsupported`
// {format}, `picture_too_large` {megapixels, limit}, `picture_cut_short`, `picture_damaged`, `pdf_locked`,
// `too_many_pages` {pages, limit}, `picture_too_costly`. Pages before a bad one were taken.
Result<void> each_picture(ByteView file, const std::function<bool(Picture picture)>& take);

// All of them, or the refusal.
Result<std::vector<Picture>> read_pictures(ByteView file);
// The first page only.
Result<Picture> first_picture(ByteView file);
// That all pages can be decoded.
Result<void> check_pictures(ByteView file);

// Starts the child and has it decode a pixel: programs that will need it call this once. Fault.
void make_decoder_ready();

// "image/jpeg" and so on by the file's first bytes; empty for what is none of the above.
std::string_view media_type_of(ByteView file);

// JPEG (ITU-T T.81), quality 1–100.
Bytes to_jpeg(const Picture& picture, int quality = 85);

}  // namespace wq::scan
