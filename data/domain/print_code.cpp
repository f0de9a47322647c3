#include "data/domain/print_code.h"

#include "data/base/cbor.h"
#include "data/base/utf8.h"

#include <algorithm>

namespace wq::domain {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kFixedItems = 9, kFactItems = 3;
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

Bytes encode(const PrintCode& code) {
    cbor::Array items{code.registration.view(),
                      code.revision,
                      number_of(code.number),
                      code.day,
                      code.page,
                      code.pages,
                      code.parties + (code.sample ? kSample : 0),
                      code.template_version,
                      ByteView(code.digest)};
    if (code.facts) {
        items.emplace_back(first_code_points(code.facts->employer, 20));
        items.emplace_back(code.facts->credit_code);
        items.emplace_back(code.facts->masked_name);
    }
    return cbor::encode(cbor::Value(std::move(items)));
}

Result<PrintCode> decode_print_code(ByteView body) {
    const auto value = cbor::decode(body);
    if (!value || !value->is_array()) return refuse("code_damaged");
    const cbor::Value& v = *value;
    const std::size_t items = v.as_array().size();
    const bool facts = items == kFixedItems + kFactItems;
    const auto id = uuid_from_bytes(v[std::size_t{0}].as_bytes());
    if ((items != kFixedItems && !facts) || !id || v[8].as_bytes().size() != Hash{}.size() ||
        v[2].as_int() < 0)
        return refuse("code_damaged");
    PrintCode code;
    code.registration = *id;
    code.revision = v[1].as_int();
    code.number = fixed_digits(v[2].as_int(), kNumberDigits);
    code.day = v[3].as_int();
    code.page = static_cast<int>(v[4].as_int());
    code.pages = static_cast<int>(v[5].as_int());
    code.parties = static_cast<int>(v[6].as_int()) % kSample;
    code.sample = v[6].as_int() >= kSample;
    code.template_version = v[7].as_text();
    code.digest = hash_from(v[8].as_bytes());
    if (facts) code.facts = {v[9].as_text(), v[10].as_text(), v[11].as_text()};
    if (code.parties != 2 && code.parties != 3) return refuse("code_damaged");
    if (code.page < 1 || code.page > code.pages || code.pages > 99) return refuse("code_damaged");
    // Whatever was lost on the way here (a type, a range) would have been written otherwise.
    if (code.number.size() != kNumberDigits || !std::ranges::equal(encode(code), body))
        return refuse("code_damaged");
    return code;
}

Bytes signed_message(const SignedCode& code) {
    Bytes message{'W', 'Q', '1', 0, static_cast<std::uint8_t>(kVersion << 4 | code.algorithm)};
    append(message, code.key_id);
    append(message, code.body);
    return message;
}

std::string to_text(const SignedCode& code, std::string_view host) {
    Bytes bytes{static_cast<std::uint8_t>(kVersion << 4 | code.algorithm)};
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
