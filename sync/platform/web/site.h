// The pages as one function from request to answer: finds the route, who asks, and whether that may be,
// counts how often, takes the form apart, and puts the headers on. Thread-safe. sync/platform/README.md has
// the map.
#pragma once

#include "sync/platform/web/visit.h"

namespace wq::platform {

struct SiteOptions {
    bool is_tls = false;           // browsers come by TLS, ours or a proxy's: cookies are Secure
    bool is_behind_proxy = false;  // the visitor's address is the proxy's word
    // A line for each request: time, method, route, status, milliseconds. Nothing of anybody.
    std::function<void(const std::string& line)> log = {};
};

class Site {
  public:
    // Fault where templates, fonts or wording are missing.
    Site(Registry& registry, LinkReturns& returns, SiteOptions options);

    // Every path that is not the nodes' ("/v1/").
    protocol::Response handle(const protocol::Request& request);

    static std::vector<Route> routes();
    static bool takes_files(std::string_view method, std::string_view target);
    static std::size_t body_limit(std::string_view method, std::string_view target);
    // The answer to a body that was not read: 413 or 503, in words.
    protocol::Response turned_away(const protocol::Request& request, int status);

  private:
    protocol::Response answer(Visit& visit, std::string& route);
    protocol::Response serve(Visit& visit, const Route& route);
    std::optional<protocol::Response> hindered(Visit& visit, const Route& route);
    protocol::Response broken(const protocol::Request& request, int status, const char* words);
    os::Language language_of(const protocol::Request& request) const;
    std::string address_of(const protocol::Request& request) const;
    Visit visit_of(const protocol::Request& request);

    WebHouse house_;
    SiteOptions options_;
};

}  // namespace wq::platform
