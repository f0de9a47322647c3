#include "sync/platform/web/limiter.h"

namespace wq::platform {

int Limiter::wait(const std::string& key, Rate rate, Instant now) {
    const std::lock_guard lock(mutex_);
    sweep(now);
    Window& window = windows_[key];
    if (now.ms >= window.ends) window = {now.ms + rate.window_ms, 0};
    if (++window.count <= rate.most) return 0;
    return static_cast<int>((window.ends - now.ms + kSecond - 1) / kSecond);
}

void Limiter::sweep(Instant now) {
    if (now.ms < next_sweep_) return;
    std::erase_if(windows_, [now](const auto& entry) { return entry.second.ends <= now.ms; });
    next_sweep_ = now.ms + kMinute;
}

}  // namespace wq::platform
