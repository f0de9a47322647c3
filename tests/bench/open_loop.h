// Requests that come when they are due, whatever became of those before: the rate is the load's, not the
// platform's. One thread sends on many kept connections and reads the answers; how long one took counts from
// when it was due, so that a sender which comes too late makes the figures worse, never better.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace wq::bench {

struct OpenAnswer {
    int status = 0;
    std::string_view body;                    // until the call returns
    double milliseconds = 0, since_sent = 0;  // since it was due, and since it was on its way
};

struct Load {
    double rate = 0;  // requests a second; 0: whenever fewer than `in_flight` are, which is a closed loop
    double seconds = 10;
    std::size_t in_flight = std::numeric_limits<std::size_t>::max();
};

class OpenLoop {
  public:
    // Connects; Fault where that fails.
    OpenLoop(std::uint16_t port, std::size_t connections);
    ~OpenLoop();
    OpenLoop(const OpenLoop&) = delete;
    OpenLoop& operator=(const OpenLoop&) = delete;

    // What this connection sends next; it must outlive its answer. Null: this connection has nothing more.
    using Next = std::function<const std::string*(std::size_t connection)>;
    using Done = std::function<void(std::size_t connection, const OpenAnswer&)>;

    struct Offered {
        std::int64_t sent = 0;
        double seconds = 0;  // until the last was sent
        std::chrono::steady_clock::time_point ended = {};
    };
    // Until all that was due is sent and answered, or no connection has more to send. Fault where a
    // connection breaks or nothing comes for half a minute.
    Offered run(const Load& load, const Next& next, const Done& done);

  private:
    struct Lane;
    void send(Lane& lane);
    bool read_some(Lane& lane);
    void collect(double seconds, const Done& done);

    int poll_ = -1;
    std::size_t under_way_ = 0;
    double heard_ = 0;  // when something came last
    std::vector<Lane> lanes_;
    std::deque<std::size_t> idle_;  // who waited longest sends next
};

}  // namespace wq::bench
