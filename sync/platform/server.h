// HTTP/1.1 for the api: asynchronous, so that slow clients and hundreds of waiting ones cost no thread; what
// the api does is done by a few workers, and uploads by return links by one of their own. What does not fit
// into these limits is told so at once. With a certificate it speaks TLS itself; otherwise a proxy in front
// does. The only user of Asio and Beast.
#pragma once

#include "sync/platform/api.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace wq::platform {

class Server {
  public:
    struct Options {
        std::string address = "127.0.0.1";
        std::uint16_t port = 0;  // 0 takes a free one
        // PEM files, the certificate with its chain; both or none.
        std::filesystem::path certificate = {}, key = {};
        int workers = 24;
        int requests = 64;                              // being worked on or waiting for it; more get 429
        int uploads = 16;                               // at once; to more a page says that it is too busy
        int polls = 20'000;                             // waiting for news
        std::int64_t bodies = std::int64_t{192} << 20;  // bytes on their way in, of larger bodies
        std::chrono::milliseconds patience{30'000};     // with who is silent
    };

    // Listens at once. Throws Fault where the address or the certificate can't be had.
    Server(Api& api, const Options& options);
    ~Server();  // stops

    std::uint16_t port() const;
    // Serves until stop() or, with `until_signal`, SIGINT or SIGTERM.
    void run(bool until_signal = false);
    void stop();

  private:
    struct Io;
    std::unique_ptr<Io> io_;
};

}  // namespace wq::platform
