#include "sync/client/connection.h"

#include <algorithm>

namespace wq::client {
namespace {

constexpr std::int64_t kLongestRetry = 60 * kMinute;  // what a platform can ask for

// What a server in front of the platform says stands in no body of ours.
Refusal code_in(const protocol::Response& response) {
    const auto value = cbor::decode(response.body);
    if (value && value->is_map()) return protocol::refusal_from(*value);
    if (response.status == 413) return {"batch_too_large"};
    if (response.status == 429 || response.status == 503) return {"platform_busy"};
    return {"platform_answer_wrong", {{"status", std::to_string(response.status)}}};
}

Refusal refusal_in(const protocol::Response& response) {
    Refusal refusal = code_in(response);
    if (const auto seconds = protocol::number_from(protocol::header_of(response.headers, "retry-after")))
        refusal.args.emplace_back(
            "seconds", std::to_string(std::clamp<std::int64_t>(*seconds, 0, kLongestRetry / kSecond)));
    return refusal;
}

std::int64_t platform_time(const Refusal& refusal) {
    for (const auto& [key, value] : refusal.args)
        if (key == "platform_ms") return protocol::number_from(value).value_or(0);
    return 0;
}

}  // namespace

Result<protocol::Response> Connection::send_once(protocol::Request& request) {
    const Instant when{world_.clock->now().ms + offset_};
    protocol::sign(request, sender_, *world_.signer, when, fresh_nonce());
    auto response = world_.transport->send(request);
    if (!response || (response->status >= 200 && response->status < 300)) return response;
    return tl::make_unexpected(refusal_in(*response));
}

Result<protocol::Response> Connection::send(std::string method, std::string target, Bytes body) {
    protocol::Request request{std::move(method), std::move(target), std::move(body), {}};
    auto response = send_once(request);
    if (response || response.error().code != "clock_skew") return response;
    // A wrong clock is no reason to stay apart: the platform told its own.
    const std::int64_t theirs = platform_time(response.error());
    if (theirs == 0) return response;
    offset_ = theirs - world_.clock->now().ms;
    return send_once(request);
}

Result<cbor::Value> Connection::call(std::string method, std::string target, Bytes body) {
    const auto response = send(std::move(method), std::move(target), std::move(body));
    if (!response) return tl::make_unexpected(response.error());
    auto value = cbor::decode(response->body);
    if (!value) return refuse("platform_answer_wrong");
    return std::move(*value);
}

}  // namespace wq::client
