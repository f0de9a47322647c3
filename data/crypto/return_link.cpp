#include "data/crypto/return_link.h"

#include "data/crypto/hash.h"

#include <algorithm>

namespace wq::crypto {
namespace {

constexpr std::size_t kSchool = 5, kId = 16, kProof = 16;
// Earlier links are still told from made-up ones; of a record with more of them the oldest are not.
constexpr std::int64_t kRemembered = 50;

Bytes proof_of(const domain::Registration& record, std::int64_t serial) {
    Bytes message = {'W', 'Q', 'R', '1', 0};
    append(message, record.id.view());
    for (const std::int64_t number : {record.paper->revision, serial})
        for (int shift = 56; shift >= 0; shift -= 8)
            message.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(number) >> shift));
    const Digest digest = hmac_sm3(record.paper->salt, message);
    return {digest.begin(), digest.begin() + kProof};
}

std::optional<Bytes> bytes_in(std::string_view token) {
    if (token.size() < kSchool) return std::nullopt;
    const std::string_view school = token.substr(0, kSchool);
    if (!std::ranges::all_of(school, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    std::string upper(token.substr(kSchool));
    std::ranges::transform(upper, upper.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    auto bytes = from_crockford(upper);
    if (!bytes || bytes->size() != kId + kProof) return std::nullopt;
    return bytes;
}

}  // namespace

std::string return_token(const domain::Registration& record, std::string_view school) {
    Bytes bytes(record.id.view().begin(), record.id.view().end());
    append(bytes, proof_of(record, record.link->serial));
    return std::string(school) + to_crockford(bytes);
}

std::string return_url(const domain::Registration& record, std::string_view school, std::string_view host) {
    return "HTTPS://" + std::string(host) + "/R/" + return_token(record, school);
}

std::optional<ReturnTarget> return_target(std::string_view token) {
    const auto bytes = bytes_in(token);
    const auto id = bytes ? uuid_from_bytes(ByteView(*bytes).first(kId)) : std::nullopt;
    if (!id) return std::nullopt;
    return ReturnTarget{std::string(token.substr(0, kSchool)), *id};
}

Result<void> check_return_token(std::string_view token, const domain::Registration& record, Instant now) {
    const auto bytes = bytes_in(token);
    // A withdrawn agreement has no paper any more, and none of its links opens.
    if (!bytes || !record.paper || !record.link) return refuse("link_unknown");
    const ByteView proof = ByteView(*bytes).subspan(kId);
    const std::int64_t last = record.link->serial;
    std::int64_t serial = last;
    while (serial > 0 && serial > last - kRemembered && !same(proof, proof_of(record, serial))) --serial;
    if (serial <= 0 || serial <= last - kRemembered) return refuse("link_unknown");
    if (serial != last || record.link->expires.ms == 0) return refuse("link_revoked");
    if (now >= record.link->expires) return refuse("link_expired");
    if (record.state != domain::State::approved)
        return refuse("link_used", {{"state", std::string(domain::name_of(record.state))}});
    return {};
}

}  // namespace wq::crypto
