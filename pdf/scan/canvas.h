// Memory that one page after another is laid on: 8 bits of blue, green and red, rows from the top without
// padding. Of the decoding child; the programs read what lies there.
#pragma once

#include "pdf/scan/decode_messages.h"

#include <sys/mman.h>
#include <tl/expected.hpp>

#include <cstdint>
#include <span>

namespace wq::scan {

template <class T>
using Decoded = tl::expected<T, Trouble>;

inline tl::unexpected<Trouble> trouble(Cause cause, double figure = 0) {
    return tl::make_unexpected(Trouble{cause, figure});
}

inline Decoded<void> check_size(std::uint64_t width, std::uint64_t height) {
    if (width == 0 || height == 0) return trouble(Cause::damaged);
    const double megapixels = static_cast<double>(width) * static_cast<double>(height) / 1e6;
    if (megapixels > kMostMegapixels || width > kMostSide || height > kMostSide)
        return trouble(Cause::too_large, megapixels);
    return {};
}

class Canvas {
  public:
    explicit Canvas(std::span<std::uint8_t> room) : room_(room) {}

    // For a page of this size, which check_size let pass: 3 * width * height bytes.
    Decoded<std::uint8_t*> lay(std::uint64_t width, std::uint64_t height, double dpi) {
        if (width == 0 || height == 0) return trouble(Cause::damaged);
        if (width > kMostSide || height > kMostSide || width > room_.size() / 3 / height)
            return trouble(Cause::too_large, static_cast<double>(width) * static_cast<double>(height) / 1e6);
        width_ = static_cast<int>(width);
        height_ = static_cast<int>(height);
        dpi_ = dpi;
        // At once; each page of memory by its own fault costs several times as much. Where the kernel (before
        // 5.14) does not know it, they come by faults.
        madvise(room_.data(), 3 * width * height, MADV_POPULATE_WRITE);
        return room_.data();
    }

    int width() const { return width_; }
    int height() const { return height_; }
    double dpi() const { return dpi_; }

  private:
    std::span<std::uint8_t> room_;
    int width_ = 0, height_ = 0;
    double dpi_ = 0;
};

}  // namespace wq::scan
