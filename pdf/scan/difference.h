// What an upright page says that the issued page does not, and the other way round (R40). Handwriting and
// seals in their places are expected, and so are red and blue ink anywhere and creases that took the print
// along a whole line; every other change is a box in mm.
#pragma once

#include "pdf/render/sheet.h"
#include "pdf/scan/picture.h"

#include <vector>

namespace wq::scan {

struct Change {
    enum class What { added, removed };
    sheet::Box box;
    What what = What::added;
};

// Both pages upright at kCompareDpi; `expected` are the places where ink may be added.
inline constexpr double kCompareDpi = 150;
std::vector<Change> find_changes(const Picture& upright, const Picture& issued,
                                 const std::vector<sheet::Box>& expected);

}  // namespace wq::scan
