#include "pdf/scan/readers.h"

#include <algorithm>

namespace wq::scan {
namespace {

constexpr std::size_t kFileHeader = 14, kInfoHeader = 40;

std::uint32_t number(ByteView file, std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = count; i-- > 0;) value = value << 8 | file[at + i];
    return value;
}

struct Bmp {
    ByteView palette;  // 4 bytes each: blue, green, red, none
    std::size_t bits = 0;

    // One pixel of a row; a colour beyond the palette is black.
    void put(const std::uint8_t* row, std::size_t x, std::uint8_t* to) const {
        if (bits >= 24) return void(std::copy_n(row + x * bits / 8, 3, to));
        const std::size_t shift = 8 - bits - x * bits % 8;
        const std::size_t colour = 4 * (row[x * bits / 8] >> shift & ((1U << bits) - 1));
        if (colour + 4 > palette.size())
            std::fill_n(to, 3, std::uint8_t{0});
        else
            std::copy_n(palette.begin() + static_cast<std::ptrdiff_t>(colour), 3, to);
    }
};

// Packed ones and unusual depths are rare and not worth a reader.
bool is_known(ByteView file, std::size_t bits) {
    const std::uint32_t packing = number(file, 30, 4);
    if (bits != 1 && bits != 4 && bits != 8 && bits != 24 && bits != 32) return false;
    if (packing == 0) return true;
    const bool masks = packing == 3 && bits == 32 && file.size() >= kFileHeader + kInfoHeader + 12;
    return masks && number(file, 54, 4) == 0xFF0000 && number(file, 58, 4) == 0xFF00 &&
           number(file, 62, 4) == 0xFF;
}

}  // namespace

Decoded<void> read_bmp(ByteView file, Canvas& canvas) {
    if (file.size() < kFileHeader + kInfoHeader) return trouble(Cause::cut_short);
    const std::size_t header = number(file, 14, 4), bits = number(file, 28, 2);
    if (header < kInfoHeader || !is_known(file, bits)) return trouble(Cause::unsupported);
    const auto across = static_cast<std::int32_t>(number(file, 18, 4));
    const std::int64_t down = static_cast<std::int32_t>(number(file, 22, 4));  // negative: from the top
    if (across <= 0 || down == 0) return trouble(Cause::damaged);
    const auto width = static_cast<std::size_t>(across);
    const auto height = static_cast<std::size_t>(down < 0 ? -down : down);
    if (auto size = check_size(width, height); !size) return size;
    const std::size_t stride = (width * bits + 31) / 32 * 4, pixels = number(file, 10, 4);
    if (pixels > file.size() || stride * height > file.size() - pixels) return trouble(Cause::cut_short);
    const bool square = number(file, 38, 4) == number(file, 42, 4);
    const auto place = canvas.lay(width, height, square ? number(file, 38, 4) * 0.0254 : 0);
    if (!place) return tl::make_unexpected(place.error());
    const std::size_t colours = std::min(kFileHeader + header, pixels);
    const Bmp bmp{file.subspan(colours, pixels - colours), bits};
    for (std::size_t y = 0; y < height; ++y) {
        const std::uint8_t* row = file.data() + pixels + stride * (down < 0 ? y : height - 1 - y);
        for (std::size_t x = 0; x < width; ++x) bmp.put(row, x, *place + 3 * (y * width + x));
    }
    return {};
}

}  // namespace wq::scan
