// When a document camera takes a page by itself: once for each page, as soon as it lies still, in light, near
// and sharp enough. Plain rules over measured frames; devices and windows are elsewhere (camera.h).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace wq::devices {

// What the person in front of the camera is to be told, the most important first.
enum class CaptureStep {
    dark,       // more light
    moving,     // hold still
    settling,   // it lies still; a moment more
    empty,      // put the page into the frame, the code in view
    cut_off,    // the whole of it into the frame
    far,        // nearer
    unclear,    // wipe the lens, or lay it flat
    badly_lit,  // shadows or glare away
    taken,      // this frame is the page; told once
    turn,       // it was taken: the next one, please
};

class Capture {
  public:
    struct Frame {
        std::int64_t ms = 0;  // when, by a clock that only grows
        double light = 0;     // of the brightest part, 0–255
        double motion = 0;    // part of the picture that differs from the frame before, 0–1
    };
    // A closer look at a frame, dear, so that it is asked for only where a page may lie still.
    struct Look {
        std::string page;       // what its code says; empty: no page is seen
        double resolution = 0;  // pixels for a millimetre
        bool sharp = false, whole = true, lit = true;
    };

    CaptureStep step(const Frame& frame, const std::function<Look()>& look);
    // The page taken last was not good enough after all: it is taken once more when it was moved.
    void again() { taken_.clear(); }

  private:
    CaptureStep looked(const Look& look);

    std::optional<std::int64_t> still_since_, looked_at_;
    CaptureStep found_ = CaptureStep::empty;  // by the last look
    std::string taken_;                       // the page taken last
};

}  // namespace wq::devices
