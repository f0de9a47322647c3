// The platform's HTTP interface as a function from request to answer: who asks is proven, then routed to the
// register. Without sockets; server.h carries it, tests call it. Thread-safe. sync/PROTOCOL.md describes it.
#pragma once

#include "sync/platform/link_returns.h"
#include "sync/platform/registry.h"
#include "sync/platform/web/site.h"
#include "sync/protocol/http.h"

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <variant>

namespace wq::platform {

class Api {
  public:
    explicit Api(Registry& registry, SiteOptions site = {})
        : registry_(&registry), returns_(registry), site_options_(std::move(site)) {}

    // Reads what the pages are made of, which the first page does otherwise: who serves nodes alone needs
    // none of it. Throws Fault where a file is missing.
    void prepare_pages() { site(); }

    // A node that waits for news of its school's feed: nothing was there when it asked.
    struct Wait {
        std::string school;
        std::int64_t after = 0, limit = 0;
        std::int64_t seconds = 0;
    };

    // The answer, or what is waited for before there is one. Never throws: a fault is answered with 500
    // `platform_fault`, and told on the standard error stream.
    std::variant<protocol::Response, Wait> begin(const protocol::Request& request);
    // What there is now.
    protocol::Response resume(const Wait& wait);
    // Without waiting.
    protocol::Response handle(const protocol::Request& request);
    // A node's request that came on a stick, days after it was signed: as fresh as any, since each does the
    // same twice as once.
    protocol::Response handle_carried(const protocol::Request& request);
    // The last number of each school's feed; empty where the database is away.
    std::map<std::string, std::int64_t> feed_heads();

    // For the server, that knows the head of a request before its body. An upload to a page is larger and
    // takes long: its pictures are read and compared.
    static bool is_upload(std::string_view method, std::string_view target);
    static std::size_t body_limit(std::string_view method, std::string_view target);
    // The answer to what was not looked at: 413 (beyond the limit), 429 (too busy) or 503 (too many uploads).
    // In words where people see it.
    protocol::Response turned_away(const protocol::Request& head, int status);
    // Registry::do_chores. False where it threw, which is told once until it goes well again.
    bool do_chores();

  private:
    using Answer = std::variant<protocol::Response, Wait>;
    Site& site();
    Answer guarded(const std::function<Answer()>& work);
    Answer route(const protocol::Request& request);
    protocol::Response enrol(const protocol::Request& request);
    Answer serve_proven(const protocol::Request& request, const Result<NodeLine>& node);
    Answer serve_node(const protocol::Request& request, const NodeLine& node);
    Answer serve_feed(const protocol::Request& request, const std::string& school);
    protocol::Response serve_digests(const protocol::Request& request, const std::string& school);
    protocol::Response serve_list(const protocol::Request& request);
    protocol::Response serve_blob(const protocol::Request& request, const std::string& school);
    Result<NodeLine> prove(const protocol::Request& request, bool carried = false);
    std::optional<crypto::Verifier> verifier_of(const Bytes& spki);
    Result<void> check_time(const protocol::Credentials& credentials) const;
    Result<void> check_fresh(const protocol::Credentials& credentials);
    protocol::Response refused(const Refusal& refusal) const;

    Registry* registry_;
    LinkReturns returns_;
    SiteOptions site_options_;
    std::once_flag site_made_;
    std::optional<Site> site_;
    std::mutex mutex_;
    std::map<Bytes, std::int64_t> nonces_;  // device and nonce -> until when it is remembered, in ms
    std::int64_t next_sweep_ = 0;
    std::atomic<bool> is_told_ = false;            // that the heads can't be read
    bool is_chore_told_ = false;                   // that a chore was not done
    std::map<Bytes, crypto::Verifier> verifiers_;  // by key: reading one takes a third of a proof's time
};

}  // namespace wq::platform
