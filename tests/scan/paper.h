// What the tests and the bench of paper back share: issued agreements as PDF and as pictures, and where on
// them a person writes.
#pragma once

#include "pdf/render/agreement.h"
#include "pdf/scan/picture.h"

#include <array>
#include <vector>

namespace wq::scan::paper {

// An issued three-party agreement with codes of the length that real ones have; another `number`, other
// codes. The same number is made once.
const Bytes& issued(int number = 0);
render::PageCodes codes_of(int number, int page);

// Page 1 as printed, made once for each dpi.
Picture printed(int number = 0, double dpi = 200, int page = 1);
// The same, sealed by employer and school, signed and dated.
Picture stamped(int number = 0, double dpi = 200);

// Page 1 as a forger prints it: the codes of number 0, but the last 0 of the employer's mobile number
// is another digit.
Picture forged(char digit, double dpi = 200);

// The same with one character of one value replaced by another of its kind; `which` chooses.
Picture replaced(int which, double dpi = 200);

std::vector<sheet::Box> signing_areas();

}  // namespace wq::scan::paper
