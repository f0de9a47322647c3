// HTTP/1.1 for the api: asynchronous on a few threads, so that slow clients cost no thread; uploads by return
// links are worked on by a thread of their own, so that they hold up nobody else. TLS is ended by a
// proxy in front for now. The only user of Asio and Beast.
#pragma once

#include "sync/platform/api.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace wq::platform {

class Server {
  public:
    struct Limits {
        int uploads = 16;                            // at once; to more a page says that it is too busy
        std::chrono::milliseconds patience{30'000};  // with who is silent
    };

    // Listens at once; port 0 takes a free one. Throws Fault where the address can't be had.
    Server(Api& api, const std::string& address, std::uint16_t port) : Server(api, address, port, Limits{}) {}
    Server(Api& api, const std::string& address, std::uint16_t port, const Limits& limits);
    ~Server();  // stops

    std::uint16_t port() const;
    // Serves until stop() or, with `until_signal`, SIGINT or SIGTERM.
    void run(int threads, bool until_signal = false);
    void stop();

  private:
    struct Io;
    std::unique_ptr<Io> io_;
};

}  // namespace wq::platform
