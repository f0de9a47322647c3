// From a picture of a page to the sheet's own millimetres: by the corners of its codes, made exact by the
// corner marks. Any rotation, tilt and perspective; one code is enough, then less exactly.
#pragma once

#include "pdf/render/sheet.h"
#include "pdf/scan/code_reader.h"
#include "pdf/scan/picture.h"

#include <array>
#include <optional>
#include <vector>

namespace wq::scan {

// A plane's projection, row by row: sheet (mm) -> picture (pixels).
struct Placement {
    std::array<double, 9> sheet_to_picture{1, 0, 0, 0, 1, 0, 0, 0, 1};
    int marks = 0;  // corner marks found, 0–3
    int codes = 0;  // codes used, 1–2

    sheet::Point in_picture(sheet::Point mm) const;
    sheet::Point on_sheet(sheet::Point pixel) const;
    // Pixels for a millimetre in the middle of the sheet.
    double resolution() const;
};

// `codes` are of one page and ours; where each stands is found out. Nothing where no place fits.
std::optional<Placement> place_page(const Picture& picture, const std::vector<FoundCode>& codes);

// How far the corners of a code are from where one of the two places would have them: mm, in the mean.
double placement_error(const Placement& placement, const FoundCode& code);

// Without a readable code: by the middles of the two codes as far as they are known, and the marks, of which
// two must be there. It may be another page of marks and codes, or none: whether codes stand there is to be
// proven.
// The marks are looked for within `reach` (mm) of where they would be if the sheet were seen straight from
// above.
std::optional<Placement> place_by_marks(const Picture& picture, sheet::Point upper, sheet::Point lower,
                                        double reach);

// The whole sheet upright at `dpi`, white where the picture ends.
Picture upright_page(const Picture& picture, const Placement& placement, double dpi);

// Modules a side of the smallest symbol of level M that holds `length` alphanumeric characters
// (ISO/IEC 18004, table 7).
int symbol_modules(std::size_t length);

}  // namespace wq::scan
