// What every page has around it: the head with the ways of whoever is in, the headers that keep browsers from
// harm, cookies. Private to sync/platform.
#pragma once

#include "sync/platform/web/visit.h"

namespace wq::platform {

// With the prefix that ties it to this host, where TLS allows it.
std::string cookie_name(const WebHouse& house, const std::string& name);
std::string cookie_line(const WebHouse& house, const std::string& name, const std::string& value,
                        std::int64_t seconds);

void secure(protocol::Response& response, const WebHouse& house);
protocol::Response too_often(Visit& visit, int seconds);

// One row of a list of facts.
PageData fact(const std::string& label, const std::string& value);
std::vector<PageData> facts_of(const std::vector<os::NamedValue>& values);
// "/e/agreements/…" as a path to come back to; the start page for what is none of ours.
std::string own_path(const std::string& path);

protocol::Response html_response(std::string html, int status);

}  // namespace wq::platform
