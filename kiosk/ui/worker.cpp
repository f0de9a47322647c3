#include "kiosk/ui/worker.h"

#include <wx/app.h>

namespace wq::ui {

Worker::Worker(std::function<void(std::exception_ptr)> fault)
    : fault_(std::move(fault)), thread_([this] { loop(); }) {}

Worker::~Worker() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    more_.notify_one();
    thread_.join();
}

void Worker::post(std::weak_ptr<void> owner, std::function<void()> work, std::function<void()> done) {
    {
        const std::lock_guard lock(mutex_);
        jobs_.push_back({std::move(owner), std::move(work), std::move(done)});
    }
    more_.notify_one();
}

void Worker::tell(std::weak_ptr<void> owner, std::function<void()> show) {
    wxTheApp->CallAfter([owner = std::move(owner), show = std::move(show)] {
        if (!owner.expired()) show();
    });
}

void Worker::loop() {
    std::unique_lock lock(mutex_);
    for (;;) {
        more_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
        if (jobs_.empty()) return;
        Job job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        perform(job);
        lock.lock();
    }
}

// The owner is asked on the UI thread only, where it lives and dies.
void Worker::perform(Job& job) {
    try {
        job.work();
        wxTheApp->CallAfter([owner = job.owner, done = job.done] {
            if (!owner.expired()) done();
        });
    } catch (...) {
        wxTheApp->CallAfter([fault = fault_, thrown = std::current_exception()] { fault(thrown); });
    }
}

}  // namespace wq::ui
