#include "data/crypto/row_digests.h"

#include "data/base/cbor.h"

#include <algorithm>

namespace wq::crypto {
namespace {

constexpr std::uint8_t kRow = 0x03, kTop = 0x04;

Digest labelled(std::uint8_t label, ByteView content) {
    Bytes message{label};
    append(message, content);
    return sm3(message);
}

void add_to(std::span<std::uint8_t> sum, const Digest& digest) {
    unsigned carry = 0;
    for (std::size_t i = digest.size(); i-- > 0;) {
        carry += static_cast<unsigned>(sum[i]) + digest[i];
        sum[i] = static_cast<std::uint8_t>(carry);
        carry >>= 8;
    }
}

}  // namespace

void RowDigests::add(std::string_view exam_number, std::string row, const cbor::Value& content) {
    rows_[sm3(bytes_of(exam_number))[0]].emplace(std::move(row), labelled(kRow, cbor::encode(content)));
}

void RowDigests::add(const domain::Graduate& graduate) {
    const std::string exam_number = graduate.exam_number();
    cbor::Value content;
    content.set("base", domain::to_cbor(graduate.base)).set("confirmed", graduate.is_confirmed());
    add(exam_number, "graduate " + exam_number, content);
}

void RowDigests::add(const domain::Registration& record) {
    add(record.exam_number, "registration " + to_text(record.id), domain::to_cbor(record));
}

void RowDigests::add_picture(const domain::Registration& record, const domain::Hash& picture) {
    add(record.exam_number, "picture " + to_hex(picture), cbor::Value(ByteView(picture)));
}

std::int64_t RowDigests::count() const {
    std::size_t count = 0;
    for (const Rows& rows : rows_) count += rows.size();
    return static_cast<std::int64_t>(count);
}

Bytes RowDigests::buckets() const {
    Bytes sums(kBuckets * sizeof(Digest), 0);
    for (std::size_t i = 0; i < kBuckets; ++i)
        for (const auto& [row, digest] : rows_[i])
            add_to(std::span(sums).subspan(i * sizeof(Digest), sizeof(Digest)), digest);
    return sums;
}

Digest top_of(ByteView buckets) { return labelled(kTop, buckets); }

}  // namespace wq::crypto
