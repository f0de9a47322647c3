#include "sync/platform/api.h"

#include "data/base/utf8.h"
#include "data/crypto/hash.h"
#include "sync/platform/database.h"
#include "sync/platform/employment_api.h"

#include <algorithm>
#include <cstdio>

namespace wq::platform {
namespace {

using protocol::Request, protocol::Response;

constexpr std::string_view kBlobs = "/v1/blobs/";
constexpr const char* kRetryAfter = "2";  // seconds

bool is_nodes(std::string_view target) { return target.starts_with("/v1/"); }

Response answer(const cbor::Value& value) { return {200, cbor::encode(value)}; }

int status_for(std::string_view code) {
    constexpr std::string_view unproven[] = {"signature_missing", "signature_wrong", "nonce_used",
                                             "clock_skew"};
    constexpr std::string_view barred[] = {"device_unknown",   "device_revoked",  "device_quarantined",
                                           "enrol_code_wrong", "enrol_code_used", "enrol_code_expired"};
    constexpr std::string_view clashing[] = {"fork",         "epoch_wrong",       "feed_ahead",
                                             "chain_broken", "node_number_taken", "node_numbers_exhausted",
                                             "device_copied"};
    if (std::ranges::count(unproven, code)) return 401;
    if (std::ranges::count(barred, code)) return 403;
    if (std::ranges::count(clashing, code)) return 409;
    if (code == "blob_unknown" || code == "route_unknown") return 404;
    if (code == "platform_busy") return 429;
    if (code == "disk_full" || code == "file_unwritable") return 507;
    return 400;
}

template <class Message>
Result<Message> read(const Request& request, Result<Message> (*from)(const cbor::Value&)) {
    const auto value = cbor::decode(request.body);
    if (!value) return refuse("message_wrong", {{"message", "not deterministic CBOR"}});
    return from(*value);
}

// "/v1/blobs/{hash}", "/v1/blobs/{hash}/parts/{i}" or "/v1/blobs/{hash}/commit"
struct BlobTarget {
    domain::Hash hash{};
    std::optional<std::size_t> part;
    bool commit = false;
};

std::optional<BlobTarget> blob_target(std::string_view path) {
    const auto words = split(path.substr(kBlobs.size()), '/');
    const auto hash = from_hex(words[0]);
    if (!hash || hash->size() != domain::Hash{}.size()) return std::nullopt;
    BlobTarget target{domain::hash_from(*hash), {}, false};
    if (words.size() == 1) return target;
    if (words.size() == 2 && words[1] == "commit") {
        target.commit = true;
        return target;
    }
    const auto part =
        words.size() == 3 && words[1] == "parts" ? protocol::number_from(words[2]) : std::nullopt;
    if (!part || *part < 0) return std::nullopt;
    target.part = static_cast<std::size_t>(*part);
    return target;
}

// All pictures are one kind of request.
std::string_view contact_path(std::string_view target) {
    return target.starts_with(kBlobs) ? kBlobs : protocol::path_of(target);
}

// What may be served back as it was named; everything else is plain bytes.
std::string media_type_of(std::string_view name) {
    constexpr std::string_view known[] = {"image/png", "image/jpeg", "image/tiff", "application/pdf"};
    return std::ranges::count(known, name) ? std::string(name) : "application/octet-stream";
}

}  // namespace

Response Api::refused(const Refusal& refusal) const {
    Response response = answer(protocol::to_cbor(refusal, registry_->now()));
    response.status = status_for(refusal.code);
    if (response.status == 429) response.headers.insert_or_assign("retry-after", kRetryAfter);
    return response;
}

Site& Api::site() {
    std::call_once(site_made_, [&] { site_.emplace(*registry_, returns_, std::move(site_options_)); });
    return *site_;
}

bool Api::is_upload(std::string_view method, std::string_view target) {
    return !is_nodes(target) && Site::takes_files(method, target);
}

std::size_t Api::body_limit(std::string_view method, std::string_view target) {
    return is_nodes(target) ? protocol::kMaxBody : Site::body_limit(method, target);
}

Response Api::turned_away(const Request& head, int status) {
    Response response =
        is_nodes(head.target) ? Response{status, {}, "text/plain", {}} : site().turned_away(head, status);
    if (status != 413) response.headers.insert_or_assign("retry-after", kRetryAfter);
    return response;
}

Api::Answer Api::guarded(const std::function<Answer()>& work) {
    const auto failed = [this](int status, const char* code) {
        Response response = refused({code});
        response.status = status;
        if (status == 503) response.headers.insert_or_assign("retry-after", kRetryAfter);
        return response;
    };
    try {
        return work();
    } catch (const DatabaseAway& away) {
        std::fprintf(stderr, "wangqian-platform: %s\n", away.what());
        return failed(503, "database_away");
    } catch (const DiskFull& full) {
        std::fprintf(stderr, "wangqian-platform: %s\n", full.what());
        return failed(507, "disk_full");
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "wangqian-platform: %s\n", fault.what());
        return failed(500, "platform_fault");
    }
}

std::variant<Response, Api::Wait> Api::begin(const Request& request) {
    return guarded([&] { return route(request); });
}

Response Api::resume(const Wait& wait) {
    return std::get<Response>(guarded([&]() -> Answer {
        const auto page = registry_->feed(wait.school, wait.after, wait.limit);
        return page ? answer(protocol::to_cbor(*page)) : refused(page.error());
    }));
}

Response Api::handle(const Request& request) {
    auto begun = begin(request);
    if (const auto* wait = std::get_if<Wait>(&begun)) return resume(*wait);
    return std::get<Response>(std::move(begun));
}

std::map<std::string, std::int64_t> Api::feed_heads() {
    try {
        auto heads = registry_->feed_heads();
        is_told_ = false;
        return heads;
    } catch (const std::exception& fault) {
        // Asked ten times in a second: said once.
        if (!is_told_.exchange(true)) std::fprintf(stderr, "wangqian-platform: %s\n", fault.what());
        return {};
    }
}

bool Api::do_chores() {
    try {
        registry_->do_chores();
        is_chore_told_ = false;
        return true;
    } catch (const std::exception& fault) {
        if (!std::exchange(is_chore_told_, true))
            std::fprintf(stderr, "wangqian-platform: %s\n", fault.what());
        return false;
    }
}

Api::Answer Api::route(const Request& request) {
    if (!is_nodes(request.target)) return site().handle(request);
    if (request.target.starts_with(kEmploymentPath)) return serve_employment(*registry_, request);
    const std::string_view path = protocol::path_of(request.target);
    if (path == "/v1/enrol" && request.method == "POST") return enrol(request);
    return serve_proven(request, prove(request));
}

Response Api::handle_carried(const Request& request) {
    auto begun = guarded([&] { return serve_proven(request, prove(request, true)); });
    if (const auto* wait = std::get_if<Wait>(&begun)) return resume(*wait);
    return std::get<Response>(std::move(begun));
}

// What a node is refused is told to whoever looks after nodes. That the platform is busy is no node's doing.
Api::Answer Api::serve_proven(const Request& request, const Result<NodeLine>& node) {
    if (!node) return refused(node.error());
    Answer begun = serve_node(request, *node);
    const auto* response = std::get_if<Response>(&begun);
    if (response && response->status == 429) return begun;
    std::string code;
    if (response && response->status >= 400 && response->status != 404)
        if (const auto value = cbor::decode(response->body)) code = (*value)["code"].as_text();
    registry_->note_contact(node->sender, contact_path(request.target), code);
    return begun;
}

Response Api::enrol(const Request& request) {
    const auto message = read(request, protocol::enrol_request_from);
    if (!message) return refused(message.error());
    const auto credentials = protocol::credentials_of(request);
    const auto key = crypto::Verifier::from_spki(message->public_key);
    if (!credentials) return refused(credentials.error());
    if (!key) return refused(key.error());
    // Whoever enrols a key holds it.
    if (credentials->sender.device != message->device || !protocol::is_signed_by(request, *credentials, *key))
        return refused({"signature_wrong"});
    // Of strangers nothing is remembered: sent again, the same gets the same answer or none.
    if (auto timely = check_time(*credentials); !timely) return refused(timely.error());
    const auto enrolled = registry_->enrol(*message);
    return enrolled ? answer(protocol::to_cbor(*enrolled)) : refused(enrolled.error());
}

Result<NodeLine> Api::prove(const Request& request, bool carried) {
    const auto credentials = protocol::credentials_of(request);
    if (!credentials) return tl::make_unexpected(credentials.error());
    const auto node = registry_->node(credentials->sender);
    if (!node) return refuse("device_unknown");
    if (node->state == "revoked") return refuse("device_revoked");
    const auto key = verifier_of(node->public_key);
    if (!key || !protocol::is_signed_by(request, *credentials, *key)) {
        for (const Bytes& former : registry_->former_keys(credentials->sender))
            if (const auto old = verifier_of(former);
                old && protocol::is_signed_by(request, *credentials, *old))
                return refuse("epoch_wrong", {{"epoch", std::to_string(node->epoch)}});
        return refuse("signature_wrong");
    }
    if (carried) return *node;
    if (auto fresh = check_fresh(*credentials); !fresh) return tl::make_unexpected(fresh.error());
    return *node;
}

std::optional<crypto::Verifier> Api::verifier_of(const Bytes& spki) {
    constexpr std::size_t kMost = 20'000;
    {
        const std::lock_guard lock(mutex_);
        if (const auto known = verifiers_.find(spki); known != verifiers_.end()) return known->second;
    }
    const auto read = crypto::Verifier::from_spki(spki);
    if (!read) return std::nullopt;
    const std::lock_guard lock(mutex_);
    if (verifiers_.size() >= kMost) verifiers_.clear();
    return verifiers_.emplace(spki, *read).first->second;
}

Result<void> Api::check_time(const protocol::Credentials& credentials) const {
    const std::int64_t now = registry_->now().ms, when = credentials.when.ms;
    // Compared without subtracting: the claimed time may be any number.
    if (when < now - protocol::kMaxSkew || when > now + protocol::kMaxSkew) return refuse("clock_skew");
    return {};
}

Result<void> Api::check_fresh(const protocol::Credentials& credentials) {
    const std::int64_t now = registry_->now().ms, when = credentials.when.ms;
    if (auto timely = check_time(credentials); !timely) return timely;
    Bytes key(credentials.sender.device.view().begin(), credentials.sender.device.view().end());
    append(key, credentials.nonce);
    const std::lock_guard lock(mutex_);
    if (now >= next_sweep_) {
        std::erase_if(nonces_, [now](const auto& entry) { return entry.second < now; });
        next_sweep_ = now + kMinute;
    }
    // A request dated ahead stays fresh for longer, so its nonce is remembered for longer.
    if (!nonces_.emplace(std::move(key), std::max(now, when) + protocol::kNonceKept).second)
        return refuse("nonce_used");
    return {};
}

Api::Answer Api::serve_node(const Request& request, const NodeLine& node) {
    const std::string_view path = protocol::path_of(request.target);
    const std::string& school = node.sender.school;
    if (path == "/v1/push" && request.method == "POST") {
        const auto message = read(request, protocol::push_from);
        if (!message) return refused(message.error());
        const auto taken = registry_->push(node.sender, *message);
        return taken ? answer(protocol::to_cbor(*taken)) : refused(taken.error());
    }
    if (path == "/v1/feed" && request.method == "GET") return serve_feed(request, school);
    if (path == "/v1/status" && request.method == "GET") {
        const auto asked = [&](std::string_view name) {
            return protocol::number_from(protocol::parameter_of(request.target, name)).value_or(0);
        };
        auto challenge = from_hex(protocol::parameter_of(request.target, "challenge")).value_or(Bytes{});
        if (challenge.size() > protocol::kNonceSize) challenge.clear();
        return answer(protocol::to_cbor(registry_->status(
            node.sender, {asked("epoch"), asked("number"), asked("feed"), std::move(challenge)})));
    }
    if (path == "/v1/digests" && request.method == "GET") return serve_digests(request, school);
    if (path == "/v1/verification-list" && request.method == "GET") return serve_list(request);
    if (path.starts_with(kBlobs)) return serve_blob(request, school);
    return refused({"route_unknown"});
}

Api::Answer Api::serve_feed(const Request& request, const std::string& school) {
    const auto number = [&](std::string_view name) {
        return protocol::number_from(protocol::parameter_of(request.target, name));
    };
    const auto after = number("after");
    if (!after || *after < 0) return refused({"message_wrong", {{"message", "after"}}});
    const Wait wait{school, *after, number("limit").value_or(protocol::kMaxFeedRows),
                    std::clamp<std::int64_t>(number("wait").value_or(0), 0, protocol::kMaxWait)};
    const auto page = registry_->feed(school, wait.after, wait.limit);
    if (!page) return refused(page.error());
    if (page->rows.empty() && wait.seconds > 0) return wait;
    return answer(protocol::to_cbor(*page));
}

Response Api::serve_list(const Request& request) {
    crypto::SignedList list = registry_->verification_list();
    const bool known = protocol::parameter_of(request.target, "have") == to_hex(crypto::sm3(list.content));
    return answer(protocol::to_cbor(protocol::ListAnswer{
        known ? std::nullopt : std::optional(std::move(list.content)), list.as_of, list.signature}));
}

Response Api::serve_digests(const Request& request, const std::string& school) {
    const std::string_view of = protocol::parameter_of(request.target, "of");
    std::optional<std::size_t> bucket;
    if (of == "buckets") bucket = crypto::RowDigests::kBuckets;
    if (of == "bucket") {
        const auto number = protocol::number_from(protocol::parameter_of(request.target, "bucket"));
        if (!number || *number < 0 || *number >= static_cast<std::int64_t>(crypto::RowDigests::kBuckets))
            return refused({"message_wrong", {{"message", "bucket"}}});
        bucket = static_cast<std::size_t>(*number);
    }
    return answer(protocol::to_cbor(registry_->digests(school, bucket)));
}

Response Api::serve_blob(const Request& request, const std::string& school) {
    const auto target = blob_target(protocol::path_of(request.target));
    if (!target) return refused({"route_unknown"});
    const auto done = [&](const Result<void>& result) {
        return result ? answer(cbor::Value{cbor::Map{}}) : refused(result.error());
    };
    if (request.method == "PUT" && target->part)
        return done(registry_->put_blob_part(school, target->hash, *target->part, request.body));
    if (request.method == "POST" && target->commit)
        return done(registry_->commit_blob(school, target->hash,
                                           media_type_of(protocol::parameter_of(request.target, "type"))));
    if (target->part || target->commit) return refused({"route_unknown"});
    if (request.method == "PUT")
        return done(registry_->put_blob(school, target->hash, request.body,
                                        media_type_of(protocol::parameter_of(request.target, "type"))));
    if (request.method == "HEAD") {
        Response response;
        response.headers.emplace(protocol::kPartsHeader,
                                 protocol::to_text(registry_->blob_parts(school, target->hash)));
        return response;
    }
    if (request.method != "GET") return refused({"route_unknown"});
    auto blob = registry_->blob(school, target->hash);
    if (!blob) return refused(blob.error());
    return {200, std::move(blob->content), std::move(blob->media_type)};
}

}  // namespace wq::platform
