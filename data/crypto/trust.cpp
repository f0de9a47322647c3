#include "data/crypto/trust.h"

#include <algorithm>

namespace wq::crypto {

Result<void> TrustList::add(TrustedKey key) {
    auto verifier = Verifier::from_spki(key.spki);
    if (!verifier) return tl::make_unexpected(verifier.error());
    const auto at = std::ranges::find(keys_, key.spki, &TrustedKey::spki);
    if (at != keys_.end()) {
        *at = std::move(key);
        return {};
    }
    keys_.push_back(std::move(key));
    verifiers_.push_back(std::move(*verifier));
    return {};
}

Result<domain::PrintCode> TrustList::check(std::string_view text, bool demo_campus) const {
    const auto signed_code = domain::signed_code_from_text(text);
    if (!signed_code) return tl::make_unexpected(signed_code.error());
    const auto code = domain::decode_print_code(signed_code->body);
    if (!code) return code;
    if (code->sample && !demo_campus) return refuse("sample_refused");
    if (!code->sample && demo_campus) return refuse("live_refused");
    const Bytes message = domain::signed_message(*signed_code);
    bool known = false;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        const TrustedKey& key = keys_[i];
        if (verifiers_[i].id() != signed_code->key_id || key.demo != code->sample ||
            key.school != code->school())
            continue;
        if (static_cast<std::uint8_t>(verifiers_[i].algorithm()) != signed_code->algorithm) continue;
        if (code->day < key.from_day || code->day >= key.until_day) continue;
        known = true;
        if (verifiers_[i].verify(message, signed_code->signature)) return code;
    }
    return refuse(known ? "code_forged" : "code_key_unknown");
}

cbor::Value to_cbor(const TrustedKey& key) {
    cbor::Value value;
    value.set("spki", key.spki).set("school", key.school).set("demo", key.demo);
    value.set("from", key.from_day).set("until", key.until_day);
    return value;
}

TrustedKey trusted_key_from_cbor(const cbor::Value& value) {
    return {value["spki"].as_bytes(), value["school"].as_text(), value["demo"].as_bool(),
            value["from"].as_int(), value["until"].as_int()};
}

std::string signed_code_text(const domain::PrintCode& code, const Signer& issuer, std::string_view host) {
    domain::SignedCode signed_code;
    signed_code.algorithm = static_cast<std::uint8_t>(issuer.algorithm());
    signed_code.key_id = key_id(issuer.public_key());
    signed_code.body = domain::encode(code);
    signed_code.signature = issuer.sign(domain::signed_message(signed_code));
    return domain::to_text(signed_code, host);
}

}  // namespace wq::crypto
