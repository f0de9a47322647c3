// A piece of an upright page for a person to look at, with what it is about framed in red.
#pragma once

#include "pdf/render/sheet.h"
#include "pdf/scan/picture.h"

namespace wq::scan {

// `upright` is a whole sheet of A4, at whatever resolution. `about` (mm) lies in the middle as far as the
// sheet reaches, with `margin` mm around it; its frame stands `kFrameGap` outside of it.
inline constexpr double kFrameGap = 1.2;
Picture excerpt(const Picture& upright, const sheet::Box& about, double margin);

}  // namespace wq::scan
