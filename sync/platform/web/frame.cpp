#include "sync/platform/web/frame.h"

#include "data/base/utf8.h"
#include "data/crypto/hash.h"
#include "pdf/scan/page_image.h"

#include <algorithm>

namespace wq::platform {
namespace {

using domain::Role;
using protocol::Response;

struct Way {
    const char* path;
    const char* words;
    unsigned who;
};

// In the order of the menu.
constexpr Way kWays[] = {
    {"/e", "web.nav.agreements", kEmployers},
    {"/e/search", "web.nav.invite", kEmployers},
    {"/e/account", "web.nav.account", kEmployers},
    {"/s", "web.nav.records", kSchoolStaff},
    {"/s/figures", "web.nav.figures", kSchoolStaff},
    {"/s/warnings", "web.nav.warnings", kSchoolStaff},
    {"/s/settings", "web.nav.settings", kSchoolStaff},
    {"/s/nodes", "web.nav.nodes", kSchools},
    {"/p", "web.nav.schools", kProvinces},
    {"/p/figures", "web.nav.figures", kProvinces},
    {"/m", "web.nav.employers", kMinistries},
    {"/m/warnings", "web.nav.warnings", kMinistries},
    {"/m/figures", "web.nav.figures", kMinistries},
    {"/password", "web.nav.password", kEmployers | kProvinces | kMinistries},
};

// The way whose pages this path is among: the longest that begins it.
const Way* way_at(const std::string& path, unsigned who) {
    const Way* best = nullptr;
    for (const Way& way : kWays)
        if ((way.who & who) && (path == way.path || path.starts_with(std::string(way.path) + "/")) &&
            (!best || std::string_view(way.path).size() > std::string_view(best->path).size()))
            best = &way;
    return best;
}

std::string who_is_in(const Visit& visit) {
    const Person& person = *visit.person;
    if (person.role == Role::employer)
        return person.display_name.empty() ? person.account : person.display_name;
    std::string name = visit.say("who." + std::string(domain::name_of(person.role)));
    return name + " · " + (person.display_name.empty() ? person.account : person.display_name);
}

void put_menu(PageData& frame, const Visit& visit) {
    if (!visit.person) return;
    const unsigned who = role_bit(visit.person->role);
    const Way* current = way_at(visit.path(), who);
    std::vector<PageData> ways;
    for (const Way& way : kWays) {
        if (!(way.who & who)) continue;
        PageData item;
        item.set("path", way.path);
        item.set("words", visit.say(way.words));
        item.set("current", &way == current);
        ways.push_back(item);
    }
    put(frame, "ways", ways);
    put(frame, "who", who_is_in(visit));
    frame.set("desk", !(who & kEmployers));
}

}  // namespace

std::string cookie_name(const WebHouse& house, const std::string& name) {
    return (house.is_tls ? "__Host-" : "") + name;
}

std::string cookie_line(const WebHouse& house, const std::string& name, const std::string& value,
                        std::int64_t seconds) {
    std::string line = cookie_name(house, name) + "=" + value + "; Path=/; HttpOnly; SameSite=Strict";
    if (house.is_tls) line += "; Secure";
    if (seconds >= 0) line += "; Max-Age=" + std::to_string(seconds);
    return line;
}

void secure(Response& response, const WebHouse& house) {
    const std::pair<const char*, const char*> kHeaders[] = {
        {"content-security-policy",
         "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self';"
         " frame-ancestors 'none'"},
        {"referrer-policy", "no-referrer"},
        {"x-content-type-options", "nosniff"},
        {"cross-origin-opener-policy", "same-origin"},
        {"cache-control", "no-store"}};
    for (const auto& [name, value] : kHeaders) response.headers.emplace(name, value);
    if (house.is_tls) response.headers.emplace("strict-transport-security", "max-age=31536000");
}

Response too_often(Visit& visit, int seconds) {
    Response response =
        visit.refused(429, "web.too_often", {{"minutes", std::to_string((seconds + 59) / 60)}});
    response.headers.emplace("retry-after", std::to_string(seconds));
    return response;
}

PageData fact(const std::string& label, const std::string& value) {
    PageData line;
    line.set("label", label);
    line.set("value", value);
    return line;
}

std::vector<PageData> facts_of(const std::vector<os::NamedValue>& values) {
    std::vector<PageData> facts;
    for (const os::NamedValue& value : values) facts.push_back(fact(value.label, value.value));
    return facts;
}

std::string own_path(const std::string& path) {
    const bool is_plain = std::ranges::all_of(path, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
               c == '-' || c == '_' || c == '.';
    });
    return is_plain && path.starts_with('/') && !path.starts_with("//") ? path : "/";
}

Response html_response(std::string html, int status) {
    const ByteView bytes = bytes_of(html);
    return {status, Bytes(bytes.begin(), bytes.end()), "text/html; charset=utf-8", {}};
}

std::string door_of(Role role) {
    switch (role) {
        case Role::employer:
            return "/e";
        case Role::department:
        case Role::school:
            return "/s";
        case Role::province:
            return "/p";
        case Role::ministry:
            return "/m";
        case Role::student:
            return "";
    }
    return "";
}

std::string Visit::token() {
    if (cookie.empty()) {
        cookie = house.sessions.new_guest();
        set_cookie = cookie_line(house, "wq_guest", cookie, -1);
    }
    return Sessions::token_for(cookie);
}

void Visit::set_session(const std::string& value) {
    set_cookie = cookie_line(house, "wq_session", value, value.empty() ? 0 : -1);
}

Response Visit::page(const std::string& name, const std::string& title, PageData& values, int status) {
    const bool needs_token = person || house.templates.asks_token(name);
    values.set("token", needs_token ? token() : std::string());
    put(values, "here", path());
    const std::string words = house.templates.wording().has(title) ? say(title) : title;
    put(values, "title", words);
    PageData frame;
    frame.set("title", words);
    frame.set("body", house.templates.render(name, language, values));
    frame.set("token", needs_token ? token() : std::string());
    frame.set("here", own_path(path()));
    frame.set("version", to_hex(crypto::sm3(bytes_of(house.templates.style()))).substr(0, 8));
    frame.set("other", language == os::Language::zh ? "en" : "zh");
    frame.set("desk", false);
    frame.set("who", false);
    frame.set("has_ways", false);
    put_menu(frame, *this);
    return html_response(house.templates.render("frame", language, frame), status);
}

Response Visit::see(const std::string& to) { return {303, {}, "text/plain", {{"location", to}}}; }

Response Visit::file(Bytes content, const std::string& media_type, const std::string& name) {
    return {200,
            std::move(content),
            media_type,
            {{"content-disposition", "attachment; filename=\"" + name + "\""}}};
}

Response Visit::picture(Bytes content) {
    const std::string_view type = scan::media_type_of(content);
    const bool is_known = !type.empty();
    Response response{
        200, std::move(content), is_known ? std::string(type) : std::string("application/octet-stream"), {}};
    // Browsers show pictures and PDF; of everything else they keep a file.
    const bool is_shown = type == "image/jpeg" || type == "image/png" || type == "application/pdf";
    response.headers.emplace("content-disposition", is_shown ? "inline" : "attachment");
    return response;
}

Response Visit::refused(int status, const std::string& key, const Args& args) {
    PageData values;
    put(values, "sentence", say(key, args));
    put(values, "next", say(key + ".next", args));
    values.set("back", person ? door_of(person->role) : std::string("/"));
    values.set("login", status == 403 && !person);
    return page("refused", key + ".title", values, status);
}

}  // namespace wq::platform
