// Whether two pictures show one sheet in one state: the same page scanned twice is no news (R56), a page with
// a seal or a signature more is. Not for what was changed against the issued page (difference.h).
#pragma once

#include "pdf/scan/picture.h"

namespace wq::scan {

// Both upright at the same dpi. Coloured ink counts as any other; light, noise and a pixel's shift do not. In
// doubt: no.
bool shows_the_same(const Picture& upright, const Picture& other);

}  // namespace wq::scan
