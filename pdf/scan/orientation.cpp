#include "pdf/scan/orientation.h"

#include <algorithm>

namespace wq::scan {
namespace {

constexpr std::size_t kTile = 32;  // both its rows and its columns stay in the cache

struct Numbers {
    ByteView bytes;
    bool little;

    // Beyond the end: 0, which is no tag and no orientation.
    std::uint32_t at(std::size_t place, std::size_t count) const {
        if (place > bytes.size() || count > bytes.size() - place) return 0;
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < count; ++i)
            value = value << 8 | bytes[place + (little ? count - 1 - i : i)];
        return value;
    }
};

}  // namespace

int orientation_in(ByteView exif) {
    constexpr std::size_t kEntry = 12;
    if (exif.size() < 8) return 1;
    const Numbers numbers{exif, exif[0] == 'I'};
    const std::size_t directory = numbers.at(4, 4);
    const std::size_t entries = numbers.at(directory, 2);
    for (std::size_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + kEntry * i;
        if (numbers.at(entry, 2) != 274) continue;
        const std::uint32_t value = numbers.at(entry + 8, 2);
        return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
    return 1;
}

void turn_upright(const std::uint8_t* from, std::size_t width, std::size_t height, int orientation,
                  std::uint8_t* to) {
    const bool lying = lies(orientation);
    const bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool from_below = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    const std::size_t across = lying ? height : width, down = lying ? width : height;
    const auto pixel = [&](std::size_t x, std::size_t y) {
        std::size_t column = lying ? y : x, row = lying ? x : y;
        if (from_right) column = width - 1 - column;
        if (from_below) row = height - 1 - row;
        std::copy_n(from + 3 * (row * width + column), 3, to + 3 * (y * across + x));
    };
    for (std::size_t top = 0; top < down; top += kTile)
        for (std::size_t left = 0; left < across; left += kTile)
            for (std::size_t y = top; y < std::min(top + kTile, down); ++y)
                for (std::size_t x = left; x < std::min(left + kTile, across); ++x) pixel(x, y);
}

}  // namespace wq::scan
