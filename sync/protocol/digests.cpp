#include "sync/protocol/digests.h"

#include <algorithm>

namespace wq::protocol {
namespace {

cbor::Value stated(const DigestsAnswer& answer) {
    cbor::Value value;
    value.set("school", answer.school).set("feed", answer.feed).set("count", answer.count);
    value.set("top", ByteView(answer.top)).set("platform_ms", answer.platform_time.ms);
    return value;
}

}  // namespace

Bytes digests_message(const DigestsAnswer& answer) {
    const ByteView label = bytes_of("WQDIGESTS1\n");
    Bytes message(label.begin(), label.end());
    append(message, cbor::encode(stated(answer)));
    return message;
}

cbor::Value to_cbor(const DigestsAnswer& message) {
    cbor::Value value = stated(message), rows{cbor::Map{}};
    for (const auto& [row, digest] : message.rows) rows.set(row, ByteView(digest));
    value.set("statement", ByteView(message.statement)).set("buckets", message.buckets);
    value.set("rows", std::move(rows));
    return value;
}

Result<DigestsAnswer> digests_answer_from(const cbor::Value& value) {
    DigestsAnswer answer{value["school"].as_text(), value["feed"].as_int(), value["count"].as_int(), {}, {}};
    answer.platform_time.ms = value["platform_ms"].as_int();
    const Bytes &top = value["top"].as_bytes(), &statement = value["statement"].as_bytes();
    answer.buckets = value["buckets"].as_bytes();
    const bool whole = answer.buckets.empty() ||
                       answer.buckets.size() == crypto::RowDigests::kBuckets * sizeof(crypto::Digest);
    if (top.size() != answer.top.size() || statement.size() != answer.statement.size() || !whole)
        return refuse("message_wrong", {{"message", "digests"}});
    std::ranges::copy(top, answer.top.begin());
    std::ranges::copy(statement, answer.statement.begin());
    for (const auto& [row, digest] : value["rows"].as_map())
        answer.rows.emplace(row, domain::hash_from(digest.as_bytes()));
    return answer;
}

}  // namespace wq::protocol
