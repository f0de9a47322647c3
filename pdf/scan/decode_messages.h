// What the programs and the decoding child (decode_main.cpp) tell each other over a socket that keeps
// messages whole. Plain data of one build: both come from it. Not for what people read: page_image.h makes
// refusals.
#pragma once

#include "pdf/scan/page_limits.h"

#include <cstddef>
#include <cstdint>

namespace wq::scan {

enum class FileKind : std::uint32_t { jpeg, png, tiff, bmp, pdf };

// What one file may cost; the child keeps to the first three itself, and never takes more than these.
struct DecodeLimits {
    std::uint64_t memory = std::uint64_t{1} << 30;  // bytes of address space
    std::int32_t cpu_seconds = 20;
    std::int32_t life_seconds = 900;  // with the time that the program takes between pages
    std::int32_t wait_seconds = 60;   // for one page, by the wall
};

// With it come three descriptors: the file, the shared memory of one page, and the socket for the answers.
struct DecodeRequest {
    FileKind kind = FileKind::jpeg;
    std::int32_t page = 0;       // from 1; see kAllPages and kNoPage
    double dpi = 0;              // of a PDF's page; 0: as for reading
    bool has_own_fonts = false;  // as our own PDFs have: none need be made ready
    DecodeLimits limits = {};
};
inline constexpr std::int32_t kAllPages = 0;
inline constexpr std::int32_t kNoPage = -1;  // just count them

// Why there is no picture, or no more.
enum class Cause : std::uint32_t {
    damaged,
    cut_short,
    too_large,       // figure: megapixels
    too_many_pages,  // figure: pages
    locked,
    unsupported,
    too_costly,
    page_missing,
    unprotected,  // the sandbox could not be made: nothing was decoded
};
inline constexpr std::uint32_t kCauses = 9;

struct Trouble {
    Cause cause = Cause::damaged;
    double figure = 0;
};

enum class Told : std::uint32_t { begun, page, end, refused };

// begun: the sandbox stands. page: its pixels are in the shared memory until one byte is answered.
struct DecodeAnswer {
    Told told = Told::begun;
    Trouble trouble = {};
    std::int32_t width = 0, height = 0;
    std::int32_t pages = 0;  // of the whole file
    double dpi = 0;
};

inline constexpr std::size_t kPageBytes = static_cast<std::size_t>(kMostMegapixels * 1e6) * 3;

}  // namespace wq::scan
