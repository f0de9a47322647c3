#include "data/crypto/verification_list.h"

#include "data/crypto/hash.h"

namespace wq::crypto {

Bytes encode(const VerificationList& list) {
    cbor::Array keys;
    for (const TrustedKey& key : list.keys) keys.push_back(to_cbor(key));
    cbor::Map schools;
    for (const auto& [code, name] : list.schools) schools.emplace(code, name);
    cbor::Value value;
    value.set("keys", std::move(keys)).set("schools", std::move(schools));
    value.set("count", list.ended.count()).set("coded", list.ended.coded());
    return cbor::encode(value);
}

Result<VerificationList> verification_list_from(ByteView content) {
    const auto value = cbor::decode(content);
    auto ended =
        value ? EndedPapers::from((*value)["count"].as_int(), (*value)["coded"].as_bytes()) : std::nullopt;
    if (!ended || !(*value)["keys"].is_array()) return refuse("verification_list_damaged");
    VerificationList list;
    list.ended = std::move(*ended);
    for (const cbor::Value& key : (*value)["keys"].as_array())
        list.keys.push_back(trusted_key_from_cbor(key));
    for (const auto& [code, name] : (*value)["schools"].as_map()) list.schools.emplace(code, name.as_text());
    return list;
}

Bytes list_message(const Digest& content, Instant as_of) {
    cbor::Value value;
    value.set("as_of", as_of.ms).set("content", ByteView(content));
    Bytes message;
    append(message, bytes_of("WQLIST1\n"));
    append(message, cbor::encode(value));
    return message;
}

SignedList sign(Bytes content, Instant as_of, const Signer& signer) {
    SignedList list{std::move(content), as_of, {}, signer.public_key()};
    list.signature = signer.sign(list_message(sm3(list.content), as_of));
    return list;
}

bool is_signed_by(const SignedList& list, const Verifier& key) {
    return key.verify(list_message(sm3(list.content), list.as_of), list.signature);
}

std::string offline_page(std::string html, const SignedList& list) {
    constexpr std::string_view kPlace = "@LIST@";
    cbor::Value value;
    value.set("as_of", list.as_of.ms).set("content", list.content);
    value.set("signature", ByteView(list.signature)).set("signer", list.signer);
    if (const std::size_t at = html.find(kPlace); at != html.npos)
        html.replace(at, kPlace.size(), to_base64(cbor::encode(value)));
    return html;
}

}  // namespace wq::crypto
