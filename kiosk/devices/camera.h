// A document camera as a source of pages: it looks by itself until a page lies still and takes it
// (capture.h). The camera is a program of its own (wangqian-camera): OpenCV's video part loads 240 libraries,
// which nothing else should wait for, and a driver that hangs is ended.
#pragma once

#include "kiosk/devices/capture.h"
#include "kiosk/devices/device_program.h"
#include "kiosk/devices/page_source.h"
#include "pdf/scan/frame_meter.h"

#include <atomic>
#include <functional>

namespace wq::devices {

struct CameraChoice {
    std::string device = "0";  // a number, a name as /dev/video0, or pictures as DIR/%03d.jpg
    std::chrono::milliseconds patience{15'000};
};

class CameraPages final : public PageSource {
  public:
    // Sees each frame and what is to be told with it, on the thread that asks for pages.
    using Watch = std::function<void(const scan::Picture& frame, CaptureStep step)>;

    // Fault where wangqian-camera is missing.
    explicit CameraPages(const CameraChoice& choice, Watch watch = {});

    using PageSource::next;
    // Waits for the next page. Refusals: `camera_missing`, `camera_hangs`; it ends with one.
    std::optional<SourceFile> next(const std::stop_token& stop) override;
    // The page given last is wanted once more, better. From any thread.
    void again() { again_ = true; }

  private:
    CaptureStep step(const scan::Picture& frame);

    std::chrono::milliseconds patience_;
    Watch watch_;
    std::optional<DeviceProgram> program_;
    scan::FrameMeter meter_;
    Capture capture_;
    std::atomic<bool> again_ = false;
    int page_ = 0;
};

}  // namespace wq::devices
