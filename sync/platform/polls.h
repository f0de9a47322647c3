// Nodes that wait for news of their school's feed (long-polls). They cost no thread; twice in a second
// somebody would be told late, ten times is soon enough. What another program writes into the same database
// is noticed like what this one writes. Thread-safe. Inside of the server only.
#pragma once

#include "sync/platform/api.h"

#include <chrono>
#include <functional>
#include <list>
#include <mutex>

namespace wq::platform {

class Polls {
  public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds kEvery{100};

    Polls(Api& api, std::size_t most) : api_(&api), most_(most) {}

    // False where too many wait. `answer` is called once, by whoever calls serve_due().
    bool add(const Api::Wait& wait, std::function<void(protocol::Response&&)> answer);
    // Answers those that there is news for, and those that have waited long enough.
    void serve_due(Clock::time_point now);
    bool is_empty();
    void clear();

  private:
    struct Waiting {
        Api::Wait wait;
        Clock::time_point until;
        std::function<void(protocol::Response&&)> answer;
    };

    Api* api_;
    std::size_t most_;
    std::mutex mutex_;
    std::list<Waiting> waiting_;
};

}  // namespace wq::platform
