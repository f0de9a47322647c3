// The one desk thread: everything that touches the database, files, PDF, pictures or the network runs
// here, in order, one job at a time; the result comes back on the UI thread. Jobs own or share what
// they use; the store belongs to this thread alone.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>

namespace wq::ui {

// What a job gave, or has thrown, for those who must go on or end either way.
template <class Value>
struct Outcome {
    std::optional<Value> value;
    std::exception_ptr thrown;
};
template <class Job>
auto caught(Job job) {
    return [job = std::move(job)](auto&&... with) mutable {
        Outcome<std::invoke_result_t<Job&, decltype(with)...>> outcome;
        try {
            outcome.value.emplace(job(std::forward<decltype(with)>(with)...));
        } catch (...) {
            outcome.thrown = std::current_exception();
        }
        return outcome;
    };
}

class Worker {
  public:
    // `fault` runs on the UI thread with what a job has thrown; `done` of that job is not called.
    explicit Worker(std::function<void(std::exception_ptr)> fault);
    ~Worker();  // finishes every job that waits: what a person asked for is not dropped

    // From any thread: `show` on the UI thread, unless `owner` has gone by then.
    static void tell(std::weak_ptr<void> owner, std::function<void()> show);

    // Runs `job` on the desk thread, then `done` with its result on the UI thread, unless `owner` has
    // gone by then (a screen that was left). UI thread only.
    template <class Job, class Done>
    void run(std::weak_ptr<void> owner, Job job, Done done) {
        using Value = std::invoke_result_t<Job>;
        if constexpr (std::is_void_v<Value>) {
            post(std::move(owner), std::move(job), std::move(done));
        } else {
            auto value = std::make_shared<std::optional<Value>>();
            post(
                std::move(owner), [value, job = std::move(job)]() mutable { value->emplace(job()); },
                [value, done = std::move(done)]() mutable { done(std::move(**value)); });
        }
    }

  private:
    struct Job {
        std::weak_ptr<void> owner;
        std::function<void()> work, done;
    };
    void post(std::weak_ptr<void> owner, std::function<void()> work, std::function<void()> done);
    void loop();
    void perform(Job& job);

    std::function<void(std::exception_ptr)> fault_;
    std::mutex mutex_;
    std::condition_variable more_;
    std::deque<Job> jobs_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace wq::ui
