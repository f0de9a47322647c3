#include "sync/protocol/parcel.h"

#include "data/base/cbor.h"
#include "data/crypto/seal.h"

#include <algorithm>
#include <cstdio>

namespace wq::protocol {
namespace {

constexpr std::string_view kMagic = "WQCOURIER1\n", kPlace = "courier";

std::string_view name_of(Parcel::Kind kind) {
    return kind == Parcel::Kind::requests ? "requests" : "answers";
}

cbor::Value to_cbor(const Headers& headers) {
    cbor::Value value{cbor::Map{}};
    for (const auto& [name, text] : headers) value.set(name, text);
    return value;
}

Headers headers_from(const cbor::Value& value) {
    Headers headers;
    for (const auto& [name, text] : value.as_map()) headers.emplace(name, text.as_text());
    return headers;
}

cbor::Value to_cbor(const Parcel& parcel) {
    cbor::Array content;
    for (const Carried& one : parcel.content) {
        cbor::Value value;
        value.set("method", one.request.method).set("target", one.request.target);
        if (parcel.kind == Parcel::Kind::requests)
            value.set("body", one.request.body).set("headers", to_cbor(one.request.headers));
        else
            value.set("body", one.response.body)
                .set("headers", to_cbor(one.response.headers))
                .set("media_type", one.response.media_type)
                .set("status", one.response.status);
        content.push_back(std::move(value));
    }
    return content;
}

std::vector<Carried> content_from(const cbor::Value& value, Parcel::Kind kind) {
    std::vector<Carried> content;
    for (const cbor::Value& one : value.as_array()) {
        Carried carried{{one["method"].as_text(), one["target"].as_text()}};
        if (kind == Parcel::Kind::requests) {
            carried.request.body = one["body"].as_bytes();
            carried.request.headers = headers_from(one["headers"]);
        } else {
            carried.response = {static_cast<int>(one["status"].as_int()), one["body"].as_bytes(),
                                one["media_type"].as_text(), headers_from(one["headers"])};
        }
        content.push_back(std::move(carried));
    }
    return content;
}

// The file's map without its signature, and what is signed of it.
Result<cbor::Value> outside_of(ByteView file) {
    if (file.size() <= kMagic.size() || !std::ranges::equal(file.first(kMagic.size()), bytes_of(kMagic)))
        return refuse("courier_damaged");
    auto value = cbor::decode(file.subspan(kMagic.size()));
    if (!value || !value->is_map()) return refuse("courier_damaged");
    return std::move(*value);
}

cbor::Value unsigned_part(const cbor::Value& outside) {
    cbor::Value part;
    for (const auto& [name, value] : outside.as_map())
        if (name != "signature") part.set(name, value);
    return part;
}

Bytes file_of(const cbor::Value& value) {
    const ByteView magic = bytes_of(kMagic);
    Bytes file(magic.begin(), magic.end());
    append(file, cbor::encode(value));
    return file;
}

Result<ParcelLabel> label_from(const cbor::Value& outside) {
    const std::string& kind = outside["kind"].as_text();
    const auto device = uuid_from_bytes(outside["device"].as_bytes());
    if (!device || (kind != "requests" && kind != "answers")) return refuse("courier_damaged");
    return ParcelLabel{kind == "requests" ? Parcel::Kind::requests : Parcel::Kind::answers,
                       {outside["school"].as_text(), *device}};
}

}  // namespace

Bytes pack(const Parcel& parcel, const crypto::Verifier& to, const crypto::Signer& from,
           crypto::Random& random) {
    const Bytes key = random.bytes(crypto::Sealer::kKeySize);
    cbor::Value outside;
    outside.set("kind", name_of(parcel.kind)).set("school", parcel.node.school);
    outside.set("device", parcel.node.device.view()).set("key", to.wrap(key));
    outside.set("sealed", crypto::Sealer(key, random).seal(cbor::encode(to_cbor(parcel)), kPlace));
    outside.set("signature", ByteView(from.sign(file_of(outside))));
    return file_of(outside);
}

Result<ParcelLabel> label_of(ByteView file) {
    const auto outside = outside_of(file);
    return outside ? label_from(*outside) : tl::make_unexpected(outside.error());
}

Result<Parcel> unpack(ByteView file, const crypto::Verifier& from, const crypto::Signer& to) {
    const auto outside = outside_of(file);
    if (!outside) return tl::make_unexpected(outside.error());
    const auto label = label_from(*outside);
    if (!label) return tl::make_unexpected(label.error());
    if (!from.verify(file_of(unsigned_part(*outside)), (*outside)["signature"].as_bytes()))
        return refuse("courier_forged");
    const auto key = to.unwrap((*outside)["key"].as_bytes());
    if (!key || key->size() != crypto::Sealer::kKeySize) return refuse("courier_not_ours");
    crypto::SystemRandom unused;
    const auto plain = crypto::Sealer(*key, unused).open((*outside)["sealed"].as_bytes(), kPlace);
    const auto content = plain ? cbor::decode(*plain) : std::nullopt;
    if (!content) return refuse("courier_damaged");
    return Parcel{label->kind, label->node, content_from(*content, label->kind)};
}

std::string parcel_name(Parcel::Kind kind, const Sender& node, std::size_t part) {
    char number[24];
    std::snprintf(number, sizeof number, "%03zu", part);
    return "wangqian-" + node.school + "-" + to_text(node.device) + "-" + number + "." +
           std::string(name_of(kind));
}

}  // namespace wq::protocol
