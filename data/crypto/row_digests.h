// Whether two sides hold the same rows, found out by little: each row's digest, summed in 256 buckets by the
// student's exam number, and one value over all buckets. Where the top values differ, the buckets tell
// where, and the rows of a bucket tell which. Order and the way the rows are kept don't matter. Not a proof
// against somebody who may choose rows: it finds what went wrong, chains prove what was said.
#pragma once

#include "data/crypto/hash.h"
#include "data/domain/graduate.h"
#include "data/domain/registration.h"

#include <map>
#include <string>
#include <string_view>

namespace wq::crypto {

class RowDigests {
  public:
    static constexpr std::size_t kBuckets = 256;
    // "graduate EXAM-NUMBER", "registration UUID", "picture HASH" and what it is.
    using Rows = std::map<std::string, Digest>;

    void add(const domain::Graduate& graduate);
    void add(const domain::Registration& record);
    // A picture of this record that is here, whole.
    void add_picture(const domain::Registration& record, const domain::Hash& picture);

    std::int64_t count() const;
    Bytes buckets() const;  // 256 sums of 32 bytes, big-endian, modulo 2^256
    const Rows& rows(std::size_t bucket) const { return rows_[bucket]; }

  private:
    void add(std::string_view exam_number, std::string row, const cbor::Value& content);
    std::array<Rows, kBuckets> rows_;
};

// Over the buckets: SM3(0x04 || buckets).
Digest top_of(ByteView buckets);

}  // namespace wq::crypto
