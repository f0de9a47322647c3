// What the platform answers a node that compares rows: one signed value over all of them as they stand at a
// number of the feed, then the sums of the buckets, then the rows of one bucket. sync/PROTOCOL.md, "Digests".
#pragma once

#include "data/crypto/row_digests.h"
#include "sync/protocol/messages.h"

namespace wq::protocol {

struct DigestsAnswer {
    std::string school;
    std::int64_t feed = 0;  // the rows are as of this number
    std::int64_t count = 0;
    Hash top{};
    Instant platform_time;
    crypto::Signature statement{};       // by the platform, over digests_message()
    Bytes buckets = {};                  // where they were asked for
    crypto::RowDigests::Rows rows = {};  // of the bucket that was asked for
};
cbor::Value to_cbor(const DigestsAnswer& message);
Result<DigestsAnswer> digests_answer_from(const cbor::Value& value);
Bytes digests_message(const DigestsAnswer& answer);

}  // namespace wq::protocol
