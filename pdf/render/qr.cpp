#include "pdf/render/qr.h"

#include "pdf/render/qr_matrix.h"

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>

namespace wq::render {
namespace {

constexpr std::string_view kAlphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
constexpr int kVersions = 40;

// ISO/IEC 18004, table 9, level M: blocks and error correction codewords in each, by version.
constexpr std::array<std::uint8_t, kVersions> kBlocks{1,  1,  1,  2,  2,  4,  4,  4,  5,  5,  5,  8,  9,  9,
                                                      10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26,
                                                      28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49};
constexpr std::array<std::uint8_t, kVersions> kCorrection{
    10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
    26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28};

std::size_t blocks_of(int version) { return kBlocks[static_cast<std::size_t>(version - 1)]; }
std::size_t correction_of(int version) { return kCorrection[static_cast<std::size_t>(version - 1)]; }
int side_of(int version) { return 17 + 4 * version; }

// All codewords: the modules that no pattern takes, by eights.
std::size_t codewords_of(int version) {
    int modules = (16 * version + 128) * version + 64;
    if (version >= 2) {
        const int across = version / 7 + 2;
        modules -= (25 * across - 10) * across - 55;
        if (version >= 7) modules -= 36;
    }
    return static_cast<std::size_t>(modules / 8);
}
std::size_t data_codewords_of(int version) {
    return codewords_of(version) - blocks_of(version) * correction_of(version);
}

int count_bits(int version) { return version < 10 ? 9 : version < 27 ? 11 : 13; }

// 0 if no version holds so many characters.
int smallest_version(std::size_t length) {
    for (int version = 1; version <= kVersions; ++version) {
        const std::size_t bits =
            4 + static_cast<std::size_t>(count_bits(version)) + length / 2 * 11 + length % 2 * 6;
        if (bits <= 8 * data_codewords_of(version)) return version;
    }
    return 0;
}

class BitWriter {
  public:
    void put(std::uint32_t value, int bits) {
        held_ = held_ << bits | value;
        for (count_ += bits; count_ >= 8; count_ -= 8)
            bytes_.push_back(static_cast<std::uint8_t>(held_ >> (count_ - 8)));
    }
    std::size_t count() const { return 8 * bytes_.size() + static_cast<std::size_t>(count_); }
    Bytes take() {
        if (count_ > 0) put(0, 8 - count_);
        return std::move(bytes_);
    }

  private:
    Bytes bytes_;
    std::uint64_t held_ = 0;
    int count_ = 0;  // bits held
};

constexpr std::uint8_t kForeign = 0xFF;
constexpr auto kValues = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(kForeign);
    for (std::size_t i = 0; i < kAlphanumeric.size(); ++i)
        values[static_cast<std::uint8_t>(kAlphanumeric[i])] = static_cast<std::uint8_t>(i);
    return values;
}();
std::uint32_t value_of(char c) { return kValues[static_cast<std::uint8_t>(c)]; }

Bytes data_codewords(std::string_view text, int version) {
    BitWriter writer;
    writer.put(0b0010, 4);
    writer.put(static_cast<std::uint32_t>(text.size()), count_bits(version));
    std::size_t at = 0;
    for (; at + 1 < text.size(); at += 2) writer.put(value_of(text[at]) * 45 + value_of(text[at + 1]), 11);
    if (at < text.size()) writer.put(value_of(text[at]), 6);
    const std::size_t size = data_codewords_of(version);
    writer.put(0, static_cast<int>(std::min<std::size_t>(4, 8 * size - writer.count())));
    Bytes codewords = writer.take();
    for (std::uint8_t pad = 0xEC; codewords.size() < size; pad ^= 0xEC ^ 0x11) codewords.push_back(pad);
    return codewords;
}

// The field of 256 elements with the polynomial x^8 + x^4 + x^3 + x^2 + 1.
struct Field {
    std::array<std::uint8_t, 512> power{};
    std::array<std::uint8_t, 256> logarithm{};

    constexpr Field() {
        int value = 1;
        for (std::size_t i = 0; i < 255; ++i) {
            power[i] = power[i + 255] = static_cast<std::uint8_t>(value);
            logarithm[static_cast<std::size_t>(value)] = static_cast<std::uint8_t>(i);
            value = value << 1 ^ (value & 0x80 ? 0x11D : 0);
        }
    }
    constexpr std::uint8_t times(std::uint8_t a, std::uint8_t b) const {
        return a && b ? power[std::size_t{logarithm[a]} + logarithm[b]] : std::uint8_t{0};
    }
};
constexpr Field kField;

// Product of (x - 2^i) for i below `degree`, highest power left out.
Bytes generator(std::size_t degree) {
    Bytes factors(degree);
    factors.back() = 1;
    for (std::size_t i = 0; i < degree; ++i)
        for (std::size_t j = 0; j < degree; ++j) {
            factors[j] = kField.times(factors[j], kField.power[i]);
            if (j + 1 < degree) factors[j] ^= factors[j + 1];
        }
    return factors;
}

// Error correction of one degree: the generator times every byte, worked out once, so that a division is a
// sum of whole rows.
class Divisor {
  public:
    explicit Divisor(std::size_t degree) : degree_(degree) {
        const Bytes factors = generator(degree);
        for (std::size_t byte = 0; byte < rows_.size(); ++byte)
            for (std::size_t i = 0; i < degree; ++i)
                rows_[byte][i] = kField.times(factors[i], static_cast<std::uint8_t>(byte));
    }

    Bytes correction(ByteView block) const {
        Row rest{};  // one byte longer than any degree: what is shifted in is zero
        for (std::uint8_t byte : block) {
            const Row& row = rows_[byte ^ rest[0]];
            for (std::size_t i = 0; i + 1 < rest.size(); ++i) rest[i] = rest[i + 1] ^ row[i];
        }
        return {rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(degree_)};
    }

    static const Divisor& of(std::size_t degree) {
        static std::array<std::once_flag, kLongest> made;
        static std::array<std::unique_ptr<const Divisor>, kLongest> kept;
        std::call_once(made.at(degree), [&] { kept[degree] = std::make_unique<const Divisor>(degree); });
        return *kept[degree];
    }

  private:
    static constexpr std::size_t kLongest = 31;
    using Row = std::array<std::uint8_t, 33>;
    std::size_t degree_;
    std::array<Row, 256> rows_{};
};

// Blocks are interleaved codeword by codeword; the first ones may be one data codeword shorter.
Bytes all_codewords(const Bytes& data, int version) {
    const std::size_t count = blocks_of(version), shorter = data.size() / count;
    const std::size_t first_long = count - data.size() % count;
    const Divisor& divisor = Divisor::of(correction_of(version));
    std::vector<ByteView> blocks;
    std::vector<Bytes> corrections;
    for (std::size_t i = 0, at = 0; i < count; ++i) {
        const std::size_t length = shorter + (i >= first_long);
        blocks.push_back(ByteView(data).subspan(at, length));
        corrections.push_back(divisor.correction(blocks.back()));
        at += length;
    }
    Bytes out;
    out.reserve(codewords_of(version));
    for (std::size_t i = 0; i <= shorter; ++i)
        for (ByteView block : blocks)
            if (i < block.size()) out.push_back(block[i]);
    for (std::size_t i = 0; i < correction_of(version); ++i)
        for (const Bytes& block : corrections) out.push_back(block[i]);
    return out;
}

}  // namespace

Result<QrSymbol> qr_symbol(std::string_view text, int largest_side) {
    if (text.empty() || std::ranges::any_of(text, [](char c) { return value_of(c) == kForeign; }))
        return refuse("code_text_invalid");
    const int version = smallest_version(text.size());
    if (version == 0 || side_of(version) > largest_side)
        return refuse("code_text_too_long",
                      {{"length", std::to_string(text.size())}, {"limit", std::to_string(largest_side)}});
    return qr_matrix(version, all_codewords(data_codewords(text, version), version));
}

}  // namespace wq::render
