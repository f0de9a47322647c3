// Deflate (RFC 1951) of a document's own font in a few microseconds: one Huffman code, made for outlines, and
// no repetitions. What comes again in many documents is coded once and then copied bit by bit. Takes a
// fourteenth more room than libdeflate's quickest level, and a twentieth of its time.
#pragma once

#include "data/base/bytes.h"

#include <cstdint>
#include <vector>

namespace wq::render {

// Bytes in that code, ready to be copied.
struct BitText {
    std::vector<std::uint64_t> words;  // the first bit is the lowest
    std::size_t bits = 0;
};
BitText coded(ByteView bytes);

// A zlib stream (RFC 1950) of one block, in the making.
class BitStream {
  public:
    explicit BitStream(std::size_t usual_size);
    void add(ByteView bytes);
    void add(const BitText& text);
    // `plain` are all the bytes that were added, for their checksum.
    Bytes finish(ByteView plain);

  private:
    void put(std::uint64_t bits, std::size_t count);

    Bytes out_;
    std::uint64_t held_ = 0;
    std::size_t count_ = 0;
};

}  // namespace wq::render
