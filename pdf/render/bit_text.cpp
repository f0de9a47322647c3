#include "pdf/render/bit_text.h"

#include <libdeflate.h>

#include <array>
#include <string_view>

namespace wq::render {
namespace {

constexpr std::size_t kEnd = 256, kSymbols = 257;

// How many bits each byte, and at last the end of the block, takes, as a hexadecimal digit: the best code for
// the outlines of LXGW WenKai on the grid of subsets.
constexpr std::string_view kLengths =
    "57384a454c5c5d5b6c6a56567e7e7d7d7e578a568d8d8d7d8a5656558e9e9e8c"
    "9e9e9e9e9e9e9d9eaeaeaeaeaeaeaeaeadaeadaeaeaeaebebebebebebdbebebe"
    "bebebebebebebebebebebebebebebebebebebebebececececececececececece"
    "cececececebebebebebebecececececececececececececececebebebebece99"
    "e";
static_assert(kLengths.size() == kSymbols);

struct Code {
    std::uint32_t bits;  // the first is the lowest
    std::uint32_t length;
};

// Codes of one length count up from where the shorter ones end (RFC 1951, 3.2.2).
constexpr auto kCodes = [] {
    std::array<Code, kSymbols> codes{};
    std::uint32_t next = 0;
    for (std::uint32_t length = 1; length < 16; ++length, next <<= 1)
        for (std::size_t symbol = 0; symbol < kSymbols; ++symbol) {
            const char digit = kLengths[symbol];
            if (length != static_cast<std::uint32_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10)) continue;
            std::uint32_t reversed = 0;
            for (std::uint32_t i = 0; i < length; ++i) reversed |= (next >> i & 1) << (length - 1 - i);
            codes[symbol] = {reversed, length};
            ++next;
        }
    return codes;
}();

}  // namespace

BitText coded(ByteView bytes) {
    BitText text;
    std::uint64_t held = 0;
    std::size_t count = 0;
    for (std::uint8_t byte : bytes) {
        const auto [bits, length] = kCodes[byte];
        held |= std::uint64_t{bits} << count;
        count += length;
        if (count >= 64) {
            text.words.push_back(held);
            count -= 64;
            held = std::uint64_t{bits} >> (length - count);
        }
        text.bits += length;
    }
    if (count > 0) text.words.push_back(held);
    return text;
}

BitStream::BitStream(std::size_t usual_size) {
    out_.reserve(usual_size);
    out_ = {0x78, 0x01};
    // The last block, with its own code (3.2.7): 257 bytes and end, two distances that are never used; all
    // nineteen lengths of lengths follow, 4 bits for each of 0 to 15, none for repetitions.
    put(0b101, 3);
    put(0, 5);
    put(1, 5);
    put(15, 4);
    for (int i = 0; i < 3; ++i) put(0, 3);
    for (int i = 0; i < 16; ++i) put(4, 3);
    const auto put_length = [&](std::uint32_t length) {
        std::uint32_t reversed = 0;
        for (std::uint32_t i = 0; i < 4; ++i) reversed |= (length >> i & 1) << (3 - i);
        put(reversed, 4);
    };
    for (const Code& code : kCodes) put_length(code.length);
    put_length(1);
    put_length(1);
}

void BitStream::put(std::uint64_t bits, std::size_t count) {
    held_ |= bits << count_;
    count_ += count;
    if (count_ < 64) return;
    std::array<std::uint8_t, 8> word;
    for (std::size_t i = 0; i < 8; ++i) word[i] = static_cast<std::uint8_t>(held_ >> 8 * i);
    out_.insert(out_.end(), word.begin(), word.end());
    count_ -= 64;
    held_ = count_ == 0 ? 0 : bits >> (count - count_);
}

void BitStream::add(ByteView bytes) {
    for (std::uint8_t byte : bytes) put(kCodes[byte].bits, kCodes[byte].length);
}

void BitStream::add(const BitText& text) {
    std::size_t rest = text.bits;
    for (std::uint64_t word : text.words) {
        const std::size_t count = rest < 64 ? rest : 64;
        put(word, count);
        rest -= count;
    }
}

Bytes BitStream::finish(ByteView plain) {
    put(kCodes[kEnd].bits, kCodes[kEnd].length);
    for (; count_ > 0; count_ -= count_ < 8 ? count_ : 8, held_ >>= 8)
        out_.push_back(static_cast<std::uint8_t>(held_));
    const std::uint32_t sum = libdeflate_adler32(1, plain.data(), plain.size());
    for (int shift = 24; shift >= 0; shift -= 8) out_.push_back(static_cast<std::uint8_t>(sum >> shift));
    return std::move(out_);
}

}  // namespace wq::render
