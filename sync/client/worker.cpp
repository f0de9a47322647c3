#include "sync/client/worker.h"

#include <algorithm>
#include <chrono>

namespace wq::client {
namespace {

constexpr std::int64_t kUntilJoined = 30 * kSecond;  // where there is no platform yet
constexpr std::int64_t kLook = 250;                  // how often the outbox is looked at
constexpr std::int64_t kFullRound = 10 * kMinute;    // at the latest: pictures that failed, the list
constexpr int kWaitSeconds = 25;                     // at the platform, for news

std::int64_t retry_after(const Refusal& refusal) {
    for (const auto& [name, value] : refusal.args)
        if (name == "seconds") return protocol::number_from(value).value_or(0) * kSecond;
    return 0;
}

}  // namespace

void Worker::start() {
    if (thread_.joinable()) return;
    stopping_ = false;
    thread_ = std::thread([this] { run(); });
}

void Worker::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Worker::poke() {
    {
        const std::lock_guard lock(mutex_);
        poked_ = true;
    }
    changed_.notify_all();
}

bool Worker::is_stopping() const {
    const std::lock_guard lock(mutex_);
    return stopping_;
}

bool Worker::has_news(const Post& post) const {
    const std::lock_guard lock(mutex_);
    return stopping_ || poked_ || post.store->log().has_waiting();
}

void Worker::rest(std::int64_t ms) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(ms), [this] { return stopping_ || poked_; });
}

// A post that fails is left, whatever it is for: the next one may find the disk emptied, the file whole or
// the node joined.
void Worker::run() {
    while (!is_stopping()) {
        try {
            auto post = options_.open([this] { return is_stopping() || (waiting_ && has_news(*waiting_)); });
            if (post) work(*post);
        } catch (const Fault&) {
            // The program's log has had it from whoever opens posts; acts are safe in the store.
        }
        waiting_ = nullptr;
        rest(kUntilJoined);
    }
}

void Worker::note_next(Post& post, std::int64_t ms) const {
    post.store->log().set_note(note::kNextTry, to_iso(Instant{post.world.clock->now().ms + ms}));
}

bool Worker::round(Post& post) {
    {
        const std::lock_guard lock(mutex_);
        poked_ = false;
    }
    waiting_ = nullptr;
    const SyncResult result = SyncStep(SyncedParts::of(*post.store), post.world).run();
    if (options_.told) options_.told(post, result);
    failure_ = result.failed;
    return !result.failed;
}

void Worker::work(Post& post) {
    BackOff back_off(*post.world.random);
    const Uuid device = post.store->log().node().device;
    next_night_ = next_night(post.schedule, device, post.world.clock->now());
    // At a fixed time of night only that: not at each start, when all come back after a power cut.
    if (post.schedule.when == Schedule::When::night) await(post);
    while (!is_stopping()) {
        const bool at_night = post.world.clock->now().ms >= next_night_.ms;
        if (round(post)) {
            back_off.reset();
            if (at_night) {
                if (options_.at_night) options_.at_night(post);
                next_night_ = next_night(post.schedule, device, post.world.clock->now());
            }
            await(post);
            continue;
        }
        if (failure_->code == "signature_wrong" || failure_->code == "platform_not_joined") return;
        const std::int64_t wait = std::max(back_off.next(), retry_after(*failure_));
        note_next(post, wait);
        rest(wait);
    }
}

// Until there is a reason for a round.
void Worker::await(Post& post) {
    const auto now = [&] { return post.world.clock->now().ms; };
    const Schedule& schedule = post.schedule;
    const std::int64_t until =
        schedule.when == Schedule::When::night
            ? next_night_.ms
            : std::min(next_night_.ms,
                       now() + (schedule.when == Schedule::When::timer ? schedule.every : kFullRound));
    note_next(post, until - now());
    if (schedule.when != Schedule::When::continuous) return rest(std::max<std::int64_t>(until - now(), 1));
    SyncStep step(SyncedParts::of(*post.store), post.world);
    const std::int64_t begun = now();
    while (now() < until && !has_news(post)) {
        const std::int64_t asked = now();
        if (asked - begun > kMinute && post.store->drafts().has_untold()) return;
        waiting_ = &post;
        const Result<std::int64_t> news = step.pull_news(kWaitSeconds);
        waiting_ = nullptr;
        if (!news) return;  // a round finds out what is wrong; or something is to be sent
        if (*news > 0 && options_.told) {
            SyncResult came;
            came.pulled = *news;
            options_.told(post, came);
        }
        // A platform that does not let wait is asked again, but not without end.
        if (*news == 0 && now() - asked < kSecond) rest(kLook);
    }
}

}  // namespace wq::client
