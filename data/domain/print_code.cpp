#include "data/domain/print_code.h"

#include "data/base/cbor.h"
#include "data/base/utf8.h"

#include <algorithm>

namespace wq::domain {
namespace {

constexpr std::uint8_t kVersion = 2;
constexpr std::size_t kShared = 8, kWithoutFacts = 11, kWithFacts = 13;
constexpr int kSample = 10;  // added to the number of parties
constexpr std::size_t kHead = 5, kSignature = 64;
constexpr std::size_t kMaxText = 600;
constexpr std::size_t kNumberDigits = 18;

std::string fixed_digits(std::int64_t value, std::size_t digits) {
    std::string text = std::to_string(value);
    return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
}

std::int64_t number_of(std::string_view digits) {
    std::int64_t value = 0;
    for (char c : digits) value = value * 10 + (c - '0');
    return value;
}

}  // namespace

namespace {

cbor::Array shared_items(const PrintCode& code) {
    return {code.registration.view(),
            code.revision,
            number_of(code.number),
            code.day,
            code.pages,
            code.parties + (code.sample ? kSample : 0),
            code.template_version,
            ByteView(code.digest)};
}

cbor::Array fact_items(const PrintFacts& facts) {
    return {std::string(first_code_points(facts.employer, 20)), facts.credit_code, facts.masked_name};
}

template <std::size_t Size>
bool take(std::array<std::uint8_t, Size>& to, const cbor::Value& value) {
    const Bytes& bytes = value.as_bytes();
    if (bytes.size() != Size) return false;
    std::ranges::copy(bytes, to.begin());
    return true;
}

}  // namespace

Bytes encode_document(const PrintCode& code) { return cbor::encode(cbor::Value(shared_items(code))); }

Bytes encode_facts(const PrintFacts& facts) { return cbor::encode(cbor::Value(fact_items(facts))); }

std::uint8_t code_header(std::uint8_t algorithm) {
    return static_cast<std::uint8_t>(kVersion << 4 | algorithm);
}

Bytes encode(const PrintCode& code) {
    cbor::Array items = shared_items(code);
    items.emplace_back(code.page);
    Bytes links(code.proof.before.begin(), code.proof.before.end());
    append(links, code.proof.after);
    items.emplace_back(std::move(links));
    if (code.facts)
        for (cbor::Value& fact : fact_items(*code.facts)) items.push_back(std::move(fact));
    else
        items.emplace_back(ByteView(code.proof.facts));
    return cbor::encode(cbor::Value(std::move(items)));
}

Result<PrintCode> decode_print_code(ByteView body) {
    const auto value = cbor::decode(body);
    if (!value || !value->is_array()) return refuse("code_damaged");
    const cbor::Value& v = *value;
    const std::size_t items = v.as_array().size();
    const bool facts = items == kWithFacts;
    const auto id = uuid_from_bytes(v[std::size_t{0}].as_bytes());
    PrintCode code;
    std::array<std::uint8_t, 2 * PageProof::kSize> links{};
    if ((items != kWithoutFacts && !facts) || !id || v[2].as_int() < 0 || !take(code.digest, v[7]) ||
        !take(links, v[9]) || (!facts && !take(code.proof.facts, v[10])))
        return refuse("code_damaged");
    std::copy_n(links.begin(), PageProof::kSize, code.proof.before.begin());
    std::copy_n(links.begin() + PageProof::kSize, PageProof::kSize, code.proof.after.begin());
    code.registration = *id;
    code.revision = v[1].as_int();
    code.number = fixed_digits(v[2].as_int(), kNumberDigits);
    code.day = v[3].as_int();
    code.pages = static_cast<int>(v[4].as_int());
    code.parties = static_cast<int>(v[5].as_int()) % kSample;
    code.sample = v[5].as_int() >= kSample;
    code.template_version = v[6].as_text();
    code.page = static_cast<int>(v[kShared].as_int());
    if (facts) code.facts = {v[10].as_text(), v[11].as_text(), v[12].as_text()};
    if (code.parties != 2 && code.parties != 3) return refuse("code_damaged");
    if (code.page < 1 || code.page > code.pages || code.pages > 99) return refuse("code_damaged");
    // Whatever was lost on the way here (a type, a range) would have been written otherwise.
    if (code.number.size() != kNumberDigits || !std::ranges::equal(encode(code), body))
        return refuse("code_damaged");
    return code;
}

std::string to_text(const SignedCode& code, std::string_view host) {
    Bytes bytes{code_header(code.algorithm)};
    append(bytes, code.key_id);
    append(bytes, code.body);
    append(bytes, code.signature);
    return "HTTPS://" + std::string(host) + "/V/" + to_crockford(bytes);
}

Result<SignedCode> signed_code_from_text(std::string_view text) {
    if (!is_valid_utf8(text)) return refuse("code_foreign");
    text = trimmed(text);
    const std::size_t path = text.find("/V/");
    const bool ours = (text.starts_with("HTTPS://") || text.starts_with("https://")) && path != text.npos;
    if (!ours) return refuse("code_foreign");
    const auto bytes = text.size() > kMaxText ? std::nullopt : from_crockford(text.substr(path + 3));
    if (!bytes || bytes->size() <= kHead + kSignature || (*bytes)[0] >> 4 != kVersion)
        return refuse("code_damaged");
    SignedCode code;
    code.algorithm = (*bytes)[0] & 0x0F;
    std::copy_n(bytes->begin() + 1, code.key_id.size(), code.key_id.begin());
    code.body.assign(bytes->begin() + kHead, bytes->end() - kSignature);
    std::copy(bytes->end() - kSignature, bytes->end(), code.signature.begin());
    return code;
}

}  // namespace wq::domain
