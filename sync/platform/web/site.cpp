#include "sync/platform/web/site.h"

#include "data/base/utf8.h"
#include "data/os/assets.h"
#include "data/os/files.h"
#include "sync/platform/database.h"
#include "sync/platform/web/frame.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstdio>

namespace wq::platform {
namespace {

using protocol::Request, protocol::Response;

constexpr std::size_t kMostForm = std::size_t{64} << 10, kMostFiles = std::size_t{24} << 20,
                      kMostReturn = std::size_t{48} << 20;  // some photos as phones take them
constexpr Rate kAllRequests{1200, kMinute}, kAllPosts{240, kMinute};

// What stands for each {…}, for {…*} all the rest; nothing where the path is another.
std::optional<std::vector<std::string>> captured(std::string_view pattern, std::string_view path) {
    if (const std::size_t rest = pattern.rfind('{'); pattern.ends_with("*}")) {
        const bool fits = path.size() > rest && path.starts_with(pattern.substr(0, rest));
        return fits ? std::optional(std::vector{std::string(path.substr(rest))}) : std::nullopt;
    }
    const auto wanted = split(pattern, '/'), given = split(path, '/');
    if (wanted.size() != given.size()) return std::nullopt;
    std::vector<std::string> values;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i].starts_with('{') && !given[i].empty())
            values.emplace_back(given[i]);
        else if (wanted[i] != given[i])
            return std::nullopt;
    }
    return values;
}

std::string normal_path(std::string_view target) {
    std::string path(protocol::path_of(target));
    // Printed in capitals; typed as it comes.
    if (path.starts_with("/v/") || path.starts_with("/r/")) path[1] = path[1] == 'v' ? 'V' : 'R';
    if (path.size() > 1 && path.ends_with('/')) path.pop_back();
    return path;
}

const std::vector<Route>& all_routes() {
    static const std::vector<Route> kRoutes = Site::routes();
    return kRoutes;
}

struct Found {
    const Route* route = nullptr;
    std::vector<std::string> values = {};
    bool is_other_method = false;
};

Found find(std::string_view method, const std::string& path) {
    Found found;
    const std::string_view wanted = method == "HEAD" ? "GET" : method;
    for (const Route& route : all_routes()) {
        auto values = captured(route.pattern, path);
        if (!values) continue;
        if (route.method == wanted) return {&route, std::move(*values)};
        found.is_other_method = true;
    }
    return found;
}

std::string cookie_named(const Request& request, std::string_view name) {
    for (std::string_view pair : split(protocol::header_of(request.headers, "cookie"), ';')) {
        pair = trimmed(pair);
        if (pair.starts_with(name) && pair.size() > name.size() && pair[name.size()] == '=')
            return std::string(pair.substr(name.size() + 1));
    }
    return {};
}

// Whose requests are counted together: of IPv6 everybody has a network of 2^64 addresses.
std::string network_of(const std::string& address) {
    in6_addr bytes{};
    if (::inet_pton(AF_INET6, address.c_str(), &bytes) != 1 || IN6_IS_ADDR_V4MAPPED(&bytes)) return address;
    return to_hex(ByteView(bytes.s6_addr, 8)) + "/64";
}

// Offices of many schools call their account the same.
std::string account_of(const Person& person) {
    return std::string(domain::name_of(person.role)) + " " + person.school + " " + person.account;
}

}  // namespace

Site::Site(Registry& registry, LinkReturns& returns, SiteOptions options)
    : house_{&registry,
             &returns,
             Templates(os::assets_folder()),
             Logins(registry),
             Sessions(registry, house_.logins),
             {},
             Regions(registry.codes()),
             PrintShop(registry),
             options.is_tls},
      options_(std::move(options)) {}

std::vector<Route> Site::routes() {
    std::vector<Route> routes;
    for (const auto part : {public_routes(), return_routes(), login_routes(), account_routes(),
                            employer_routes(), staff_routes(), province_routes(), ministry_routes()})
        routes.insert(routes.end(), part.begin(), part.end());
    return routes;
}

bool Site::takes_files(std::string_view method, std::string_view target) {
    const Found found = find(method, normal_path(target));
    return found.route && found.route->takes_files;
}

std::size_t Site::body_limit(std::string_view method, std::string_view target) {
    if (!takes_files(method, target)) return kMostForm;
    return normal_path(target).starts_with("/R/") ? kMostReturn : kMostFiles;
}

std::string Site::address_of(const Request& request) const {
    if (!options_.is_behind_proxy) return request.peer;
    // The last entry is the proxy's own word; those before it are anybody's.
    const auto forwarded = split(protocol::header_of(request.headers, "x-forwarded-for"), ',');
    return forwarded.empty() ? request.peer : std::string(trimmed(forwarded.back()));
}

Visit Site::visit_of(const Request& request) {
    Visit visit{house_, request};
    visit.address = network_of(address_of(request));
    visit.language = language_of(request);
    const std::string session = cookie_named(request, cookie_name(house_, "wq_session"));
    visit.person = house_.sessions.find(session);
    visit.cookie = visit.person ? session : cookie_named(request, cookie_name(house_, "wq_guest"));
    const std::size_t question = request.target.find('?');
    if (question != std::string::npos)
        visit.query =
            urlencoded(std::string_view(request.target).substr(question + 1)).value_or(domain::Form{});
    return visit;
}

Response Site::handle(const Request& request) {
    const std::int64_t began = house_.registry->clock().steady_ms();
    std::string route = "-";
    Response response;
    try {
        Visit visit = visit_of(request);
        response = answer(visit, route);
        if (!visit.set_cookie.empty()) response.headers.insert_or_assign("set-cookie", visit.set_cookie);
    } catch (const DiskFull&) {
        response = broken(request, 507, "web.disk_full");
    } catch (const DatabaseAway&) {
        response = broken(request, 503, "web.away");
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "wangqian-platform: %s\n", fault.what());
        response = broken(request, 500, "web.fault");
    }
    secure(response, house_);
    if (options_.log)
        options_.log(to_iso(house_.registry->now()) + " " + request.method + " " + route + " " +
                     std::to_string(response.status) + " " +
                     std::to_string(house_.registry->clock().steady_ms() - began));
    return response;
}

// Without asking the database who it is: that may be what is broken.
Response Site::broken(const Request& request, int status, const char* words) {
    Visit visit{house_, request};
    visit.language = language_of(request);
    return visit.refused(status, words);
}

os::Language Site::language_of(const Request& request) const {
    return cookie_named(request, cookie_name(house_, "wq_language")) == "en" ? os::Language::en
                                                                             : os::Language::zh;
}

Response Site::answer(Visit& visit, std::string& route) {
    const Found found = find(visit.request.method, normal_path(visit.request.target));
    if (const int wait = house_.limiter.wait("all " + visit.address, kAllRequests, house_.registry->now()))
        return too_often(visit, wait);
    if (!found.route)
        return found.is_other_method ? visit.refused(405, "web.wrong_method") : visit.not_found();
    route = found.route->pattern;
    visit.captured = found.values;
    if (auto hindrance = hindered(visit, *found.route)) return std::move(*hindrance);
    return serve(visit, *found.route);
}

// Why this visitor may not have this route now.
std::optional<Response> Site::hindered(Visit& visit, const Route& route) {
    if (route.who == kPublic) return std::nullopt;
    if (visit.person && (route.who & role_bit(visit.person->role))) return std::nullopt;
    if (visit.person) return visit.refused(403, "web.not_yours");
    if (visit.is_post()) return visit.refused(403, "web.session_over");
    for (const domain::Role role :
         {domain::Role::employer, domain::Role::school, domain::Role::province, domain::Role::ministry})
        if (route.who & role_bit(role)) return visit.see(door_of(role) + "/login");
    return visit.not_found();
}

Response Site::serve(Visit& visit, const Route& route) {
    const Instant now = house_.registry->now();
    const std::string who =
        visit.person ? "account " + account_of(*visit.person) : "address " + visit.address;
    if (visit.is_post())
        if (const int wait = house_.limiter.wait("post " + who, kAllPosts, now))
            return too_often(visit, wait);
    if (route.limit)
        if (const int wait = house_.limiter.wait(route.limit->name + (" " + who), route.limit->rate, now))
            return too_often(visit, wait);
    if (!visit.is_post()) return route.handler(visit);
    if (visit.request.body.size() > body_limit(visit.request.method, visit.request.target))
        return visit.refused(413, "web.too_large");
    if (route.needs_token) {
        auto posted = posted_in(visit.request);
        if (!posted) return visit.refused(400, "web.unreadable");
        visit.posted = std::move(*posted);
        if (!crypto::same(bytes_of(visit.posted["token"]), bytes_of(Sessions::token_for(visit.cookie))) ||
            visit.cookie.empty())
            return visit.refused(403, "web.form_too_old");
        visit.posted.fields.erase("token");
    }
    return route.handler(visit);
}

Response Site::turned_away(const Request& request, int status) {
    Response response = broken(request, status,
                               status == 413   ? "web.too_large"
                               : status == 503 ? "web.busy"
                                               : "web.crowded");
    secure(response, house_);
    return response;
}

}  // namespace wq::platform
