// One request on its way through the pages: who asks, in which language, what was sent, and the ways to
// answer. Private to sync/platform.
#pragma once

#include "data/os/record_words.h"
#include "sync/platform/link_returns.h"
#include "sync/platform/web/limiter.h"
#include "sync/platform/web/posted.h"
#include "sync/platform/web/print_shop.h"
#include "sync/platform/web/regions.h"
#include "sync/platform/web/sessions.h"
#include "sync/platform/web/templates.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace wq::platform {

// What all pages stand on.
struct WebHouse {
    Registry* registry;
    LinkReturns* returns;
    Templates templates;
    Logins logins;
    Sessions sessions;
    Limiter limiter;
    Regions regions;
    PrintShop prints;
    bool is_tls = false;
};

struct Visit {
    WebHouse& house;
    const protocol::Request& request;
    std::string address = {};                // of the visitor
    std::vector<std::string> captured = {};  // what stands for {…} of the route's pattern
    domain::Form query = {};
    std::optional<Person> person = {};  // as the route wants it, where it wants one
    os::Language language = os::Language::zh;
    std::string cookie = {};  // of the session, or a guest's
    std::string set_cookie = {};
    Posted posted = {};

    Registry& registry() const { return *house.registry; }
    bool is_post() const { return request.method == "POST"; }
    os::Speech speech() const { return {house.templates.wording(), language}; }
    std::string say(std::string_view key, const Args& args = {}) const { return speech().say(key, args); }
    std::string path() const { return std::string(protocol::path_of(request.target)); }

    // For a form; a guest gets a cookie by it.
    std::string token();
    void set_session(const std::string& value);

    // `title`: a key of the wording, or words. 200 where nothing is wrong with it.
    protocol::Response page(const std::string& name, const std::string& title, PageData& values,
                            int status = 200);
    // After something was done: the browser asks for `path` anew.
    protocol::Response see(const std::string& path);
    protocol::Response file(Bytes content, const std::string& media_type, const std::string& name);
    // A picture or PDF that somebody sent in, to be looked at; what it calls itself counts for nothing.
    protocol::Response picture(Bytes content);
    // A page that says what was refused, and the way on.
    protocol::Response refused(int status, const std::string& key, const Args& args = {});
    protocol::Response not_found() { return refused(404, "web.not_found"); }
};

using Handler = protocol::Response (*)(Visit& visit);

// Who may: bit 1 << Role; 0: everybody.
constexpr unsigned role_bit(domain::Role role) { return 1u << static_cast<unsigned>(role); }
inline constexpr unsigned kPublic = 0, kEmployers = role_bit(domain::Role::employer),
                          kSchools = role_bit(domain::Role::school),
                          kSchoolStaff = kSchools | role_bit(domain::Role::department),
                          kProvinces = role_bit(domain::Role::province),
                          kMinistries = role_bit(domain::Role::ministry),
                          kAnyone = kEmployers | kSchoolStaff | kProvinces | kMinistries;

// How often: of one name by one address or, where somebody is in, one account.
struct RouteLimit {
    const char* name;
    Rate rate;
};

struct Route {
    const char* method;  // GET or POST
    const char* pattern;
    unsigned who;
    Handler handler;
    std::optional<RouteLimit> limit = {};
    bool takes_files = false;
    bool needs_token = true;  // of a POST
};

std::span<const Route> public_routes();
std::span<const Route> return_routes();
std::span<const Route> login_routes();
std::span<const Route> account_routes();
std::span<const Route> employer_routes();
std::span<const Route> staff_routes();
std::span<const Route> province_routes();
std::span<const Route> ministry_routes();

// Where somebody of this role begins, and where one logs in: "/e", "/e/login".
std::string door_of(domain::Role role);

}  // namespace wq::platform
