#include "data/crypto/ended_papers.h"

#include "data/crypto/hash.h"

#include <algorithm>

namespace wq::crypto {
namespace {

constexpr int kLowBits = 20;
constexpr std::int64_t kMostPapers = std::int64_t{1} << 30;

__extension__ using Wide = unsigned __int128;

std::uint64_t big_endian(ByteView bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i) value = value << 8 | bytes[i];
    return value;
}

// Where of count * 2^20 places the paper stands.
std::uint64_t place_of(const PaperName& paper, std::int64_t count) {
    Bytes text;
    append(text, bytes_of("WQENDED1\n"));
    append(text, paper.registration.view());
    for (int shift = 56; shift >= 0; shift -= 8)
        text.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(paper.revision) >> shift));
    const Wide hash = big_endian(sm3(text));
    return static_cast<std::uint64_t>(hash * (static_cast<std::uint64_t>(count) << kLowBits) >> 64);
}

class BitWriter {
  public:
    void put(bool bit) {
        if (used_ % 8 == 0) bytes_.push_back(0);
        if (bit) bytes_.back() = static_cast<std::uint8_t>(bytes_.back() | 0x80 >> used_ % 8);
        ++used_;
    }
    Bytes take() { return std::move(bytes_); }

  private:
    Bytes bytes_;
    std::size_t used_ = 0;
};

class BitReader {
  public:
    explicit BitReader(ByteView bytes) : bytes_(bytes) {}
    // The next place's distance from the one before; nothing at the end.
    std::optional<std::uint64_t> next() {
        std::uint64_t high = 0;
        while (at_ < 8 * bytes_.size() && bit()) ++high;
        if (at_ + kLowBits > 8 * bytes_.size()) return std::nullopt;
        for (int i = 0; i < kLowBits; ++i) high = high << 1 | static_cast<std::uint64_t>(bit());
        return high;
    }
    bool is_at_end() const { return 8 * bytes_.size() - at_ < 8; }

  private:
    bool bit() {
        const bool set = (bytes_[at_ / 8] & 0x80 >> at_ % 8) != 0;
        ++at_;
        return set;
    }
    ByteView bytes_;
    std::size_t at_ = 0;
};

}  // namespace

EndedPapers::EndedPapers(const std::vector<PaperName>& papers)
    : count_(static_cast<std::int64_t>(papers.size())) {
    std::vector<std::uint64_t> places;
    places.reserve(papers.size());
    for (const PaperName& paper : papers) places.push_back(place_of(paper, count_));
    std::ranges::sort(places);
    BitWriter bits;
    std::uint64_t before = 0;
    for (const std::uint64_t place : places) {
        const std::uint64_t distance = place - before;
        before = place;
        for (std::uint64_t high = distance >> kLowBits; high > 0; --high) bits.put(true);
        bits.put(false);
        for (int i = kLowBits - 1; i >= 0; --i) bits.put((distance >> i & 1) != 0);
    }
    coded_ = bits.take();
}

std::optional<EndedPapers> EndedPapers::from(std::int64_t count, Bytes coded) {
    if (count < 0 || count > kMostPapers) return std::nullopt;
    BitReader bits(coded);
    for (std::int64_t i = 0; i < count; ++i)
        if (!bits.next()) return std::nullopt;
    if (!bits.is_at_end()) return std::nullopt;
    EndedPapers papers;
    papers.count_ = count;
    papers.coded_ = std::move(coded);
    return papers;
}

bool EndedPapers::may_hold(const PaperName& paper) const {
    const std::uint64_t wanted = count_ > 0 ? place_of(paper, count_) : 0;
    BitReader bits(coded_);
    std::uint64_t place = 0;
    for (std::int64_t i = 0; i < count_; ++i) {
        place += bits.next().value_or(0);
        if (place >= wanted) return place == wanted;
    }
    return false;
}

}  // namespace wq::crypto
