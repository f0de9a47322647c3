// A request and its answer as values, without sockets: the client's transport carries them, the platform's
// api is a function from one to the other, so that tests run the real code on both sides of no network.
#pragma once

#include "data/base/bytes.h"

#include <map>
#include <string>
#include <string_view>

namespace wq::protocol {

// Names in lower case; a header that comes twice keeps its last value.
using Headers = std::map<std::string, std::string, std::less<>>;

inline std::string_view header_of(const Headers& headers, std::string_view name) {
    const auto at = headers.find(name);
    return at == headers.end() ? std::string_view() : std::string_view(at->second);
}

inline constexpr std::string_view kCborMediaType = "application/cbor";

struct Request {
    std::string method;  // "GET", "HEAD", "PUT" or "POST"
    std::string target;  // path and query as in the request line
    Bytes body = {};
    Headers headers = {};
    std::string peer = {};  // the other end's address, where there is one
};

struct Response {
    int status = 200;
    Bytes body = {};
    std::string media_type{kCborMediaType};
    Headers headers = {};
};

// The target's parts: "/v1/feed?after=3" has path "/v1/feed" and parameter("after") "3". Parameters are plain
// ASCII and need no unescaping.
std::string_view path_of(std::string_view target);
std::string_view parameter_of(std::string_view target, std::string_view name);  // empty where absent

}  // namespace wq::protocol
