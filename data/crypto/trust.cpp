#include "data/crypto/trust.h"

#include "data/crypto/hash.h"

#include <algorithm>

namespace wq::crypto {
namespace {

using domain::PageProof;
using Link = PageProof::Link;

Link cut(const Digest& digest) {
    Link link;
    std::copy_n(digest.begin(), link.size(), link.begin());
    return link;
}

// The next link of a chain: bound to its document by the digest, to its place by direction and step.
Link next_link(const Link& link, const domain::PrintCode& code, char direction, int step) {
    Bytes text{'W', 'Q', '2', static_cast<std::uint8_t>(direction), static_cast<std::uint8_t>(step)};
    append(text, code.registration.view());
    append(text, code.digest);
    append(text, link);
    return cut(sm3(text));
}

Link first_link(ByteView secret, const domain::PrintCode& code, char direction) {
    Bytes text{'W', 'Q', '2', static_cast<std::uint8_t>(direction)};
    append(text, code.digest);
    return cut(hmac_sm3(secret, text));
}

// Forwards links are known from the last page down to 0, backwards ones from the first up to pages + 1.
std::vector<Link> chain(ByteView secret, const domain::PrintCode& code, char direction) {
    std::vector<Link> links{first_link(secret, code, direction)};
    for (int step = 1; step <= code.pages; ++step)
        links.push_back(next_link(links.back(), code, direction, step));
    return links;
}

Link end_of_chain(Link link, const domain::PrintCode& code, char direction, int from) {
    for (int step = from; step <= code.pages; ++step) link = next_link(link, code, direction, step);
    return link;
}

Link facts_link(const domain::PrintCode& code) {
    if (!code.facts) return code.proof.facts;
    Bytes text{'W', 'Q', '2', 'F'};
    append(text, code.registration.view());
    append(text, code.digest);
    append(text, domain::encode_facts(*code.facts));
    return cut(sm3(text));
}

// What the issuing key signs: the document, and where its chains end.
Bytes message_of(const domain::PrintCode& code, std::uint8_t algorithm, ByteView key_id, const Link& before,
                 const Link& after, const Link& facts) {
    Bytes message{'W', 'Q', '2', 0, domain::code_header(algorithm)};
    append(message, key_id);
    append(message, domain::encode_document(code));
    for (const Link* link : {&before, &after, &facts}) append(message, *link);
    return message;
}

Bytes message_of(const domain::PrintCode& code, const domain::SignedCode& signed_code) {
    return message_of(code, signed_code.algorithm, signed_code.key_id,
                      end_of_chain(code.proof.before, code, 'B', code.pages - code.page + 1),
                      end_of_chain(code.proof.after, code, 'A', code.page), facts_link(code));
}

}  // namespace

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
    const Bytes message = message_of(*code, *signed_code);
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

std::vector<PageCodeTexts> signed_page_codes(const domain::PrintCode& document, ByteView secret,
                                             const Signer& issuer, std::string_view host) {
    const auto before = chain(secret, document, 'B'), after = chain(secret, document, 'A');
    const Link facts = facts_link(document);
    domain::SignedCode signed_code;
    signed_code.algorithm = static_cast<std::uint8_t>(issuer.algorithm());
    signed_code.key_id = key_id(issuer.public_key());
    signed_code.signature = issuer.sign(
        message_of(document, signed_code.algorithm, signed_code.key_id, before.back(), after.back(), facts));
    std::vector<PageCodeTexts> texts;
    domain::PrintCode code = document;
    for (code.page = 1; code.page <= document.pages; ++code.page) {
        const auto page = static_cast<std::size_t>(code.page);
        code.proof = {before[before.size() - 1 - page], after[page - 1], facts};
        PageCodeTexts& both = texts.emplace_back();
        code.facts.reset();
        signed_code.body = domain::encode(code);
        both.lower = both.upper = domain::to_text(signed_code, host);
        if (code.page > 1 || !document.facts) continue;
        code.facts = document.facts;
        signed_code.body = domain::encode(code);
        both.upper = domain::to_text(signed_code, host);
    }
    return texts;
}

}  // namespace wq::crypto
