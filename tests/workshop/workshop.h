// The workshop: makes of issued pages what comes back from the world: stamped, signed, scanned, photographed,
// crumpled. Seeded: the same seed gives the same page. For tests and the day only.
#pragma once

#include "pdf/render/sheet.h"
#include "pdf/scan/picture.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wq::workshop {

using scan::Picture;

// Page `page` of a PDF at `dpi`, as printed. Throws Fault if there is none.
Picture printed(ByteView pdf, int page, double dpi = 200);

struct SealInk {
    std::string name = "成都云杉示例软件有限公司";  // around the ring
    double diameter = 42;                           // mm
    double tilt = 0;                                // degrees
    double strength = 0.85;                         // 0–1
    double flatness = 1;                            // height by width; 0.75 for an oval one
    double bare = 0;                                // part of it, from one side, that took no ink
};
// Pressed onto an upright page with its centre there (mm): ring, star and name in red that lets print
// through.
void press_seal(Picture& page, sheet::Point centre, const SealInk& ink, std::uint64_t seed);

// Red that is no seal: "pen", "lines", "logo", "frame" or "heading".
std::vector<std::string_view> red_things();
void add_red(Picture& page, std::string_view thing, std::uint64_t seed);

// A signature and a date in blue-black ink, within `area` (mm).
void sign(Picture& page, sheet::Box area, std::uint64_t seed);

// Writes over what stands at `box` (mm): white, then `text` in a printed face of that height.
void alter(Picture& page, sheet::Box box, std::string_view text);

// A flat scan: tilt in degrees, noise, a quarter turn for each `turns`, grey or colour.
struct ScanManner {
    double tilt = 0;
    int turns = 0;
    bool grey = false;
    double noise = 4;  // standard deviation
};
Picture scanned(const Picture& page, const ScanManner& manner, std::uint64_t seed);

// A telephone's picture of the page on a desk: perspective, uneven light, blur. strength 1–5.
Picture photographed(const Picture& page, int strength, std::uint64_t seed);

// One kind of damage on its own; strength 1–5 from everyday to what few would hand in. Pen, seal and fold go
// across the codes; "phone" is a mix. Throws Fault for a kind that is none of `damages`.
std::vector<std::string_view> damages();
Picture damaged(const Picture& page, std::string_view damage, int strength, std::uint64_t seed);

// Two pages in one photo.
Picture side_by_side(const Picture& left, const Picture& right, int strength, std::uint64_t seed);

Bytes to_png(const Picture& picture);
// With at most 256 colours: a third of the size for a screen, and hardly to be told from it.
Bytes to_small_png(const Picture& picture);
Picture reduced(const Picture& picture, int width);

}  // namespace wq::workshop
