// Red seals on an upright page (R40): round or oval, whole or nearly. A hint for the reviewer: it tells that
// something like a seal is there and where, not whose it is. Red lines, strokes and small print don't count.
#pragma once

#include "pdf/render/sheet.h"
#include "pdf/scan/picture.h"

#include <vector>

namespace wq::scan {

struct Seal {
    sheet::Point centre;           // mm
    double width = 0, height = 0;  // mm
    double ring = 0;               // part of its outline that is there, 0–1
};

std::vector<Seal> find_seals(const Picture& upright);

}  // namespace wq::scan
