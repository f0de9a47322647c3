#include "kiosk/devices/camera.h"

namespace wq::devices {

CameraPages::CameraPages(const CameraChoice& choice, Watch watch)
    : patience_(choice.patience), watch_(std::move(watch)) {
    program_.emplace("wangqian-camera", std::vector{choice.device});
}

std::optional<SourceFile> CameraPages::next(const std::stop_token& stop) {
    const std::string name = "camera-" + std::to_string(page_ + 1);
    while (program_) {
        auto message = program_->next(patience_, stop);
        if (message && message->told == Told::picture) {
            const CaptureStep now = step(message->picture);
            if (watch_) watch_(message->picture, now);
            if (now != CaptureStep::taken) continue;
            ++page_;
            message->picture.dpi = 0;
            return SourceFile{name, std::move(message->picture)};
        }
        program_.reset();
        if (message) return SourceFile{name, refuse(message->text)};
        if (message.error() == DeviceProgram::End::silent) return SourceFile{name, refuse("camera_hangs")};
        if (message.error() == DeviceProgram::End::broken) return SourceFile{name, refuse("camera_missing")};
    }
    return std::nullopt;
}

CaptureStep CameraPages::step(const scan::Picture& frame) {
    if (again_.exchange(false)) capture_.again();
    const auto measured = meter_.measure(frame);
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
    return capture_.step({now.count(), measured.light, measured.motion}, [&] {
        const scan::PageInFrame page = scan::page_in(frame);
        return Capture::Look{page.code, page.resolution, page.sharp, page.whole, page.lit};
    });
}

}  // namespace wq::devices
