// Seals on an upright page (R40): round or oval, whole or in good part, pale, tilted, over text. A hint for
// the reviewer: it tells that something like a seal is there and where, not whose it is. Red lines, strokes,
// frames and small print don't count; a copy of a seal in black and grey is told apart.
#pragma once

#include "pdf/render/sheet.h"
#include "pdf/scan/picture.h"

#include <vector>

namespace wq::scan {

struct Seal {
    sheet::Point centre;           // mm
    double width = 0, height = 0;  // mm, of the box around it
    double ring = 0;               // part of its outline that is there, 0–1
};

// `upright` at 100 dpi or more. Red ones.
std::vector<Seal> find_seals(const Picture& upright);

// Rings with something written around inside, black or grey, where people sign.
std::vector<Seal> find_copied_seals(const Picture& upright);

}  // namespace wq::scan
