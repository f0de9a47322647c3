// Whole numbers as font files keep them: most significant byte first. Reading beyond the end means a
// damaged file and throws Fault. Inner part of font_file.h.
#pragma once

#include "data/base/bytes.h"
#include "data/base/result.h"

namespace wq::render {

inline std::uint32_t u16(ByteView bytes, std::size_t at) {
    if (at + 2 > bytes.size()) throw Fault("damaged font file");
    return static_cast<std::uint32_t>(bytes[at] << 8 | bytes[at + 1]);
}
inline std::uint32_t u32(ByteView bytes, std::size_t at) { return u16(bytes, at) << 16 | u16(bytes, at + 2); }
inline int i16(ByteView bytes, std::size_t at) { return static_cast<std::int16_t>(u16(bytes, at)); }

inline ByteView part(ByteView bytes, std::size_t at, std::size_t length) {
    if (at > bytes.size() || length > bytes.size() - at) throw Fault("damaged font file");
    return bytes.subspan(at, length);
}

inline void put16(Bytes& to, std::size_t value) {
    to.push_back(static_cast<std::uint8_t>(value >> 8));
    to.push_back(static_cast<std::uint8_t>(value));
}
inline void put32(Bytes& to, std::size_t value) {
    put16(to, value >> 16 & 0xFFFF);
    put16(to, value & 0xFFFF);
}
inline void set16(Bytes& in, std::size_t at, std::size_t value) {
    in.at(at) = static_cast<std::uint8_t>(value >> 8);
    in.at(at + 1) = static_cast<std::uint8_t>(value);
}

// The sum of whole words of four bytes; missing ones count as zero.
inline std::uint32_t checksum(ByteView bytes) {
    std::uint32_t sum = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) sum += std::uint32_t{bytes[at]} << (24 - at % 4 * 8);
    return sum;
}

}  // namespace wq::render
