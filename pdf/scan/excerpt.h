// A piece of an upright page for a person to look at, with what it is about framed in red. Not for what is
// compared or read (difference.h, code_reader.h).
#pragma once

#include "pdf/render/sheet.h"
#include "pdf/scan/picture.h"

namespace wq::scan {

// `upright` is a whole sheet of A4, at whatever resolution. `about` (mm) lies in the middle as far as the
// sheet reaches, with so many mm of its line and of the lines around it; its frame stands `kFrameGap`
// outside.
inline constexpr double kFrameGap = 1.2;
Picture excerpt(const Picture& upright, const sheet::Box& about, double across, double down);

}  // namespace wq::scan
