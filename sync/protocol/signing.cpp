#include "sync/protocol/signing.h"

#include "data/base/utf8.h"
#include "data/crypto/hash.h"

#include <charconv>

namespace wq::protocol {
namespace {

constexpr std::string_view kDevice = "x-wangqian-device";
constexpr std::string_view kTime = "x-wangqian-time";
constexpr std::string_view kNonce = "x-wangqian-nonce";
constexpr std::string_view kSignature = "x-wangqian-signature";

std::string text_of(const Sender& sender) { return sender.school + "/" + to_text(sender.device); }

std::optional<Sender> sender_from(std::string_view text) {
    const auto slash = text.find('/');
    if (slash != 5) return std::nullopt;
    const auto device = uuid_from_text(text.substr(slash + 1));
    if (!device || !number_from(text.substr(0, slash))) return std::nullopt;
    return Sender{std::string(text.substr(0, slash)), *device};
}

}  // namespace

std::optional<std::int64_t> number_from(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

Bytes request_message(const Request& request, const Credentials& credentials) {
    std::string text = "WQREQ1\n";
    for (const std::string& line :
         {request.method, request.target, to_hex(crypto::sm3(request.body)), to_hex(credentials.nonce),
          std::to_string(credentials.when.ms), text_of(credentials.sender)})
        text += line + "\n";
    const ByteView bytes = bytes_of(text);
    return Bytes(bytes.begin(), bytes.end());
}

void sign(Request& request, const Sender& sender, const crypto::Signer& signer, Instant when,
          ByteView nonce) {
    const Credentials credentials{sender, Bytes(nonce.begin(), nonce.end()), when, {}};
    request.headers[std::string(kDevice)] = text_of(sender);
    request.headers[std::string(kTime)] = std::to_string(when.ms);
    request.headers[std::string(kNonce)] = to_hex(nonce);
    request.headers[std::string(kSignature)] = to_hex(signer.sign(request_message(request, credentials)));
}

Result<Credentials> credentials_of(const Request& request) {
    const auto sender = sender_from(header_of(request.headers, kDevice));
    const auto when = number_from(header_of(request.headers, kTime));
    const auto nonce = from_hex(header_of(request.headers, kNonce));
    const auto signature = from_hex(header_of(request.headers, kSignature));
    if (!sender || !when || !nonce || nonce->size() != kNonceSize || !signature || signature->size() != 64)
        return refuse("signature_missing");
    return Credentials{*sender, *nonce, {*when}, *signature};
}

bool is_signed_by(const Request& request, const Credentials& credentials, const crypto::Verifier& key) {
    return key.verify(request_message(request, credentials), credentials.signature);
}

}  // namespace wq::protocol
