// The worker: a thread that keeps a node and its platform the same, from start() to stop(). Continuous, it
// waits at the platform for news and sends what is said here within a second; otherwise it keeps to the
// schedule. What goes wrong is noted for the desk and tried again, later each time. It opens a store of its
// own, and opens it anew when the node has joined anew or the disk was full.
#pragma once

#include "sync/client/back_off.h"
#include "sync/client/schedule.h"
#include "sync/client/sync_step.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace wq::client {

// What a worker works with; `keeps` owns the rest.
struct Post {
    std::shared_ptr<void> keeps;
    store::Store* store = nullptr;
    Connection::World world;
    Schedule schedule = {};
};

class Worker {
  public:
    struct Options {
        // Called on the worker's thread. The transport must ask `gives_up` while it waits. Refuses with
        // `platform_not_joined` where there is nothing to do yet.
        std::function<Result<Post>(const Interrupt& gives_up)> open;
        // After each round; on the worker's thread.
        std::function<void(const Post& post, const SyncResult& result)> told = {};
        // Once a night, after its round.
        std::function<void(const Post& post)> at_night = {};
    };

    explicit Worker(Options options) : options_(std::move(options)) {}
    ~Worker() { stop(); }

    void start();
    // Ends what is under way at its next safe point, within a second where the platform is slow.
    void stop();
    // A round now, whatever the schedule says.
    void poke();

  private:
    void run();
    void work(Post& post);
    bool round(Post& post);
    void await(Post& post);
    void rest(std::int64_t ms);
    bool is_stopping() const;
    bool has_news(const Post& post) const;
    void note_next(Post& post, std::int64_t ms) const;

    Options options_;
    std::thread thread_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false, poked_ = false;
    Post* waiting_ = nullptr;         // whose outbox ends the wait at the platform; the worker thread's alone
    std::optional<Refusal> failure_;  // of the last round
    Instant next_night_;
};

}  // namespace wq::client
