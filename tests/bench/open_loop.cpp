#include "tests/bench/open_loop.h"

#include "data/base/result.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <numeric>

namespace wq::bench {
namespace {

constexpr double kSilent = 30;

double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Both ends of each connection are in this process.
void allow_descriptors(std::size_t wanted) {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::min<rlim_t>(std::max<rlim_t>(limit.rlim_cur, wanted), limit.rlim_max);
    if (limit.rlim_cur < wanted || ::setrlimit(RLIMIT_NOFILE, &limit) != 0)
        throw Fault("the system allows too few open connections");
}

int connected(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        throw Fault("can't connect");
    return socket;
}

}  // namespace

struct OpenLoop::Lane {
    int socket = -1;
    const std::string* request = nullptr;
    std::size_t head = 0, whole = 0;  // the answer's sizes, 0 until they are known
    double due = 0, sent = 0;
    std::string buffer = {};
};

OpenLoop::OpenLoop(std::uint16_t port, std::size_t connections)
    : poll_(::epoll_create1(0)), lanes_(connections) {
    allow_descriptors(2 * connections + 256);
    for (std::size_t at = 0; at < connections; ++at) {
        lanes_[at].socket = connected(port);
        epoll_event wanted{.events = EPOLLIN, .data = {.u64 = at}};
        ::epoll_ctl(poll_, EPOLL_CTL_ADD, lanes_[at].socket, &wanted);
    }
}

OpenLoop::~OpenLoop() {
    for (const Lane& lane : lanes_) ::close(lane.socket);
    ::close(poll_);
}

// A full buffer is waited for; a request is smaller than what the system takes at once.
void OpenLoop::send(Lane& lane) {
    const std::string& request = *lane.request;
    for (std::size_t sent = 0; sent < request.size();) {
        const auto count = ::send(lane.socket, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) throw Fault("the connection broke");
        sent += static_cast<std::size_t>(count);
    }
    ++under_way_;
}

// Whether the answer is whole.
bool OpenLoop::read_some(Lane& lane) {
    static std::array<char, 65536> block;
    const auto count = ::recv(lane.socket, block.data(), block.size(), MSG_DONTWAIT);
    if (count < 0 && errno == EAGAIN) return false;
    if (count <= 0) throw Fault("the connection broke");
    lane.buffer.append(block.data(), static_cast<std::size_t>(count));
    if (lane.head == 0) {
        const std::size_t end = lane.buffer.find("\r\n\r\n");
        if (end == std::string::npos) return false;
        const std::size_t length = lane.buffer.find("Content-Length: ");
        lane.head = end + 4;
        lane.whole =
            lane.head + (length < end ? std::strtoul(lane.buffer.c_str() + length + 16, nullptr, 10) : 0);
    }
    return lane.buffer.size() >= lane.whole;
}

void OpenLoop::collect(double seconds, const Done& done) {
    std::array<epoll_event, 256> events;
    const timespec most{static_cast<time_t>(seconds),
                        static_cast<long>(1e9 * (seconds - std::floor(seconds)))};
    const int count = ::epoll_pwait2(poll_, events.data(), static_cast<int>(events.size()), &most, nullptr);
    for (int i = 0; i < count; ++i) {
        const std::size_t at = events[static_cast<std::size_t>(i)].data.u64;
        Lane& lane = lanes_[at];
        if (!read_some(lane)) continue;
        const std::string_view text(lane.buffer);
        heard_ = now();
        done(at, {std::atoi(lane.buffer.c_str() + 9), text.substr(lane.head, lane.whole - lane.head),
                  1000 * (heard_ - lane.due), 1000 * (heard_ - lane.sent)});
        lane.buffer.clear();
        lane.head = lane.whole = 0;
        --under_way_;
        idle_.push_back(at);
    }
    if (under_way_ > 0 && now() - heard_ > kSilent) throw Fault("the platform is silent");
}

OpenLoop::Offered OpenLoop::run(const Load& load, const Next& next, const Done& done) {
    const bool is_closed = load.rate == 0;
    const auto all = static_cast<std::int64_t>(load.rate * load.seconds);
    const double from = heard_ = now();
    const auto due_at = [&](std::int64_t request) {
        return is_closed ? now() : from + static_cast<double>(request) / load.rate;
    };
    const auto goes_on = [&](std::int64_t sent) {
        return is_closed ? now() < from + load.seconds : sent < all;
    };
    Offered offered;
    idle_.resize(lanes_.size());
    std::iota(idle_.begin(), idle_.end(), std::size_t{0});
    while (under_way_ > 0 || (!idle_.empty() && goes_on(offered.sent))) {
        while (!idle_.empty() && goes_on(offered.sent) && under_way_ < load.in_flight &&
               due_at(offered.sent) <= now()) {
            Lane& lane = lanes_[idle_.front()];
            lane.request = next(idle_.front());
            idle_.pop_front();
            if (!lane.request) continue;
            lane.due = due_at(offered.sent++);
            lane.sent = now();
            send(lane);
            offered.seconds = now() - from;
            offered.ended = std::chrono::steady_clock::now();
        }
        const bool is_next_due = !idle_.empty() && goes_on(offered.sent) && under_way_ < load.in_flight;
        collect(is_next_due ? std::clamp(due_at(offered.sent) - now(), 0.0, 0.1) : 0.1, done);
    }
    return offered;
}

}  // namespace wq::bench
