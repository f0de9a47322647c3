// Papers that are no longer in force (terminated, voided, withdrawn or superseded) as a compact set that
// anyone may have, to verify without a network (R58): Golomb-coded hashes, about 22 bits a paper. One that
// is in it is found for certain; one that is not, is taken for one once in 2^20: a hit asks to look online,
// it proves nothing. Nobody learns from it which papers there are.
#pragma once

#include "data/base/bytes.h"
#include "data/base/ids.h"

#include <optional>
#include <vector>

namespace wq::crypto {

struct PaperName {
    Uuid registration;
    std::int64_t revision = 0;

    bool operator==(const PaperName&) const = default;
};

// Hashes are the first 8 bytes of SM3 over "WQENDED1\n", the registration and the revision (8 bytes, most
// significant first), as a number h; kept is (h * count * 2^20) >> 64, sorted, the differences Rice-coded
// with 20 low bits (ones, a zero, then the low bits), most significant bit first.
class EndedPapers {
  public:
    EndedPapers() = default;
    explicit EndedPapers(const std::vector<PaperName>& papers);
    // Of foreign bytes: nothing where they are no set of `count`.
    static std::optional<EndedPapers> from(std::int64_t count, Bytes coded);

    std::int64_t count() const { return count_; }
    const Bytes& coded() const { return coded_; }
    // Reads through the whole set: some 20 ms for a million papers.
    bool may_hold(const PaperName& paper) const;

  private:
    std::int64_t count_ = 0;
    Bytes coded_;
};

}  // namespace wq::crypto
