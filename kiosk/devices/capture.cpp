#include "kiosk/devices/capture.h"

namespace wq::devices {
namespace {

constexpr double kDark = 90, kMotion = 0.01;
constexpr std::int64_t kRestMs = 800, kLookAgainMs = 1500;
constexpr double kNear = 4;  // pixels for a millimetre: a module of the code has two

}  // namespace

CaptureStep Capture::step(const Frame& frame, const std::function<Look()>& look) {
    const bool dark = frame.light < kDark;
    if (dark || frame.motion > kMotion) {
        still_since_.reset();
        looked_at_.reset();
        return dark ? CaptureStep::dark : CaptureStep::moving;
    }
    if (!still_since_) still_since_ = frame.ms;
    if (frame.ms - *still_since_ < kRestMs) return CaptureStep::settling;
    // A camera finds its focus, a lamp is turned on: what was not good enough is looked at again after a
    // while.
    const bool again = found_ != CaptureStep::turn && looked_at_ && frame.ms - *looked_at_ >= kLookAgainMs;
    if (looked_at_ && !again) return found_;
    looked_at_ = frame.ms;
    return looked(look());
}

CaptureStep Capture::looked(const Look& look) {
    if (look.page.empty()) return found_ = CaptureStep::empty;
    if (look.page == taken_) return found_ = CaptureStep::turn;
    if (!look.whole) return found_ = CaptureStep::cut_off;
    if (look.resolution < kNear) return found_ = CaptureStep::far;
    if (!look.sharp) return found_ = CaptureStep::unclear;
    if (!look.lit) return found_ = CaptureStep::badly_lit;
    taken_ = look.page;
    found_ = CaptureStep::turn;
    return CaptureStep::taken;
}

}  // namespace wq::devices
