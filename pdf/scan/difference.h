// What an upright page says that the issued page does not, and the other way round (R40). Handwriting and
// seals in their places are expected, and so are red and blue ink anywhere and creases that took the print
// along a whole line; every other change is a box in mm.
#pragma once

#include "pdf/render/sheet.h"
#include "pdf/scan/picture.h"

#include <array>
#include <memory>
#include <vector>

namespace wq::scan {

inline constexpr double kCompareDpi = 150;

struct Change {
    enum class What { added, removed };
    sheet::Box box;
    What what = What::added;
};

// What is known of a page before it is compared, in mm.
struct Ground {
    std::vector<sheet::Box> for_ink;                   // where ink may be added
    std::vector<sheet::Box> beyond;                    // not in the picture
    std::vector<std::array<sheet::Point, 2>> streaks;  // of dust on the glass, from end to end
};

// What could be told: where the page differs, and where paper is bent, hidden or spoilt so that nobody can
// say by comparing, which is no accusation: a person has to look.
struct Comparison {
    std::vector<Change> changes;
    std::vector<sheet::Box> unsure;

    bool is_same() const { return changes.empty() && unsure.empty(); }
};

// An issued page made ready to be compared with; worth keeping where the page is wanted again. Copies share.
class IssuedPage {
  public:
    explicit IssuedPage(const Picture& upright);

  private:
    friend Comparison find_changes(const Picture&, const IssuedPage&, const Ground&);
    struct Held;
    std::shared_ptr<const Held> held_;
};

// `upright` at kCompareDpi.
Comparison find_changes(const Picture& upright, const IssuedPage& issued, const Ground& ground);

}  // namespace wq::scan
