#include "sync/platform/polls.h"

namespace wq::platform {

bool Polls::add(const Api::Wait& wait, std::function<void(protocol::Response&&)> answer) {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= most_) return false;
    waiting_.push_back({wait, Clock::now() + std::chrono::seconds(wait.seconds), std::move(answer)});
    return true;
}

bool Polls::is_empty() {
    const std::lock_guard lock(mutex_);
    return waiting_.empty();
}

void Polls::clear() {
    const std::lock_guard lock(mutex_);
    waiting_.clear();
}

void Polls::serve_due(Clock::time_point now) {
    const auto heads = api_->feed_heads();
    std::list<Waiting> due;
    {
        const std::lock_guard lock(mutex_);
        for (auto at = waiting_.begin(); at != waiting_.end();) {
            const auto next = std::next(at);
            const auto head = heads.find(at->wait.school);
            if (now >= at->until || (head != heads.end() && head->second > at->wait.after))
                due.splice(due.end(), waiting_, at);
            at = next;
        }
    }
    for (const Waiting& waiting : due) waiting.answer(api_->resume(waiting.wait));
}

}  // namespace wq::platform
