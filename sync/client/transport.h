// How a request gets to the platform and its answer back. Transport is a seam: HTTP in the programs, a direct
// call (that can drop, cut and garble) in tests.
#pragma once

#include "data/base/result.h"
#include "sync/protocol/http.h"

#include <functional>
#include <memory>
#include <string>

namespace wq::client {

class Transport {
  public:
    virtual ~Transport() = default;
    // Refusals: `platform_unreachable` {reason}, `platform_timeout`. An answer that was cut short is
    // unreachable too: whether the platform did what was asked is unknown, and asking again is safe.
    virtual Result<protocol::Response> send(const protocol::Request& request) = 0;
};

// Asked some four times a second while an answer is awaited; true gives up: `interrupted`.
using Interrupt = std::function<bool()>;

// HTTP/1.1 over one kept connection. For one thread.
class HttpTransport final : public Transport {
  public:
    struct Patience {
        long connect_ms = 10'000;
        long silence_s = 30;  // without a byte
        long whole_ms = 120'000;
    };

    // `address`: "http://host:port" or "https://…", without a path.
    // With `authority`, certificates in PEM, https believes no other; else those that the machine believes.
    explicit HttpTransport(std::string address) : HttpTransport(std::move(address), Patience{}) {}
    HttpTransport(std::string address, Patience patience, std::string authority = {});
    void set_interrupt(Interrupt interrupt) { interrupt_ = std::move(interrupt); }
    ~HttpTransport() override;
    Result<protocol::Response> send(const protocol::Request& request) override;

  private:
    struct Handle;
    std::string address_;
    Patience patience_;
    Interrupt interrupt_;
    std::string authority_;
    std::unique_ptr<Handle> handle_;
};

}  // namespace wq::client
