// The platform's HTTP interface as a function from request to answer: who asks is proven, then routed to the
// register. Without sockets; server.h carries it, tests call it. Thread-safe. sync/PROTOCOL.md describes it.
#pragma once

#include "sync/platform/link_returns.h"
#include "sync/platform/registry.h"
#include "sync/protocol/http.h"

#include <functional>
#include <map>
#include <mutex>

namespace wq::platform {

class Api {
  public:
    explicit Api(Registry& registry) : registry_(&registry), returns_(registry) {}

    // Never throws: a fault is answered with 500 `platform_fault`, and told on the standard error stream.
    protocol::Response handle(const protocol::Request& request);
    // A node's request that came on a stick, days after it was signed: as fresh as any, since each does the
    // same twice as once.
    protocol::Response handle_carried(const protocol::Request& request);

    // For the server, that knows the head of a request before its body. An upload by a return link is larger
    // and takes long: its pictures are read and compared.
    static bool is_upload(std::string_view method, std::string_view target);
    static std::size_t body_limit(std::string_view method, std::string_view target);
    // The answer to a body that was not read: 413 (beyond the limit) or 503 (too many uploads). In words
    // where people see it.
    static protocol::Response turned_away(std::string_view method, std::string_view target, int status);

  private:
    protocol::Response route(const protocol::Request& request);
    protocol::Response enrol(const protocol::Request& request);
    protocol::Response serve_proven(const protocol::Request& request, const Result<NodeLine>& node);
    protocol::Response serve_node(const protocol::Request& request, const NodeLine& node);
    protocol::Response serve_digests(const protocol::Request& request, const std::string& school);
    protocol::Response serve_list(const protocol::Request& request);
    protocol::Response serve_blob(const protocol::Request& request, const std::string& school);
    Result<NodeLine> prove(const protocol::Request& request, bool carried = false);
    Result<void> check_fresh(const protocol::Credentials& credentials);
    protocol::Response guarded(const std::function<protocol::Response()>& work) const;
    protocol::Response refused(const Refusal& refusal) const;

    Registry* registry_;
    LinkReturns returns_;
    std::mutex mutex_;
    std::map<Bytes, std::int64_t> nonces_;  // device and nonce -> until when it is remembered, in ms
    std::int64_t next_sweep_ = 0;
};

}  // namespace wq::platform
