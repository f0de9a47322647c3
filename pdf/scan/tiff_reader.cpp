#include "pdf/scan/orientation.h"
#include "pdf/scan/readers.h"

#include <tiffio.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <vector>

namespace wq::scan {
namespace {

constexpr tmsize_t kMostOfOneStrip = tmsize_t{256} << 20;

// The file as libtiff reads it.
struct Source {
    ByteView file;
    std::uint64_t at = 0;
    bool cut_short = false;

    static Source& of(thandle_t handle) { return *static_cast<Source*>(handle); }

    static tmsize_t read(thandle_t handle, void* to, tmsize_t wanted) {
        Source& source = of(handle);
        const std::uint64_t left =
            source.file.size() - std::min<std::uint64_t>(source.at, source.file.size());
        const std::uint64_t size = std::min(static_cast<std::uint64_t>(std::max<tmsize_t>(wanted, 0)), left);
        source.cut_short |= size < static_cast<std::uint64_t>(wanted);
        if (size > 0) std::memcpy(to, source.file.data() + source.at, size);
        source.at += size;
        return static_cast<tmsize_t>(size);
    }

    static toff_t seek(thandle_t handle, toff_t to, int whence) {
        Source& source = of(handle);
        if (whence == SEEK_CUR) to += source.at;
        if (whence == SEEK_END) to += source.file.size();
        return source.at = to;
    }
};

using TiffFile = std::unique_ptr<TIFF, decltype(&TIFFClose)>;
using TiffOptions = std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)>;

int say_nothing(TIFF*, void*, const char*, const char*, va_list) { return 1; }

TiffFile opened(Source& source) {
    const TiffOptions options(TIFFOpenOptionsAlloc(), TIFFOpenOptionsFree);
    TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), kMostOfOneStrip);
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), say_nothing, nullptr);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), say_nothing, nullptr);
    const auto write = [](thandle_t, void*, tmsize_t) -> tmsize_t { return 0; };
    const auto close = [](thandle_t) { return 0; };
    const auto size = [](thandle_t handle) -> toff_t { return Source::of(handle).file.size(); };
    // "m": not mapped; a lying offset must meet our bounds.
    return {TIFFClientOpenExt("", "rm", &source, &Source::read, write, &Source::seek, close, size, nullptr,
                              nullptr, options.get()),
            TIFFClose};
}

template <class T>
T field(TIFF* tiff, std::uint32_t tag, T otherwise) {
    T value = otherwise;
    return TIFFGetFieldDefaulted(tiff, tag, &value) ? value : otherwise;
}

// 0 where it is not told, and where a dot is no square, as in coarse faxes.
double dpi_of(TIFF* tiff) {
    const float across = field(tiff, TIFFTAG_XRESOLUTION, 0.F), down = field(tiff, TIFFTAG_YRESOLUTION, 0.F);
    const auto unit = field<std::uint16_t>(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_NONE);
    if (!std::isfinite(across) || across <= 0 || std::abs(across - down) > 0.01F * across) return 0;
    return unit == RESUNIT_INCH ? across : unit == RESUNIT_CENTIMETER ? across * 2.54 : 0;
}

bool read_raster(TIFF* tiff, std::vector<std::uint32_t>& raster, std::uint32_t width, std::uint32_t height) {
    char why[1024];
    TIFFRGBAImage image;
    if (!TIFFRGBAImageBegin(&image, tiff, 1, why)) return false;
    image.orientation = image.req_orientation = ORIENTATION_TOPLEFT;  // turned by us
    const bool read = TIFFRGBAImageGet(&image, raster.data(), width, height) != 0;
    TIFFRGBAImageEnd(&image);
    return read;
}

// libtiff has multiplied the colours with the opacity.
void lay_on_white(const std::vector<std::uint32_t>& raster, std::uint8_t* to) {
    for (const std::uint32_t pixel : raster) {
        const std::uint32_t white = 255 - TIFFGetA(pixel);
        *to++ = static_cast<std::uint8_t>(std::min(255U, TIFFGetB(pixel) + white));
        *to++ = static_cast<std::uint8_t>(std::min(255U, TIFFGetG(pixel) + white));
        *to++ = static_cast<std::uint8_t>(std::min(255U, TIFFGetR(pixel) + white));
    }
}

Decoded<void> read_page(TIFF* tiff, Canvas& canvas) {
    const auto width = field<std::uint32_t>(tiff, TIFFTAG_IMAGEWIDTH, 0);
    const auto height = field<std::uint32_t>(tiff, TIFFTAG_IMAGELENGTH, 0);
    if (auto size = check_size(width, height); !size) return size;
    const int told = field<std::uint16_t>(tiff, TIFFTAG_ORIENTATION, 1);
    const int orientation = told >= 1 && told <= 8 ? told : 1;
    const auto place =
        lies(orientation) ? canvas.lay(height, width, dpi_of(tiff)) : canvas.lay(width, height, dpi_of(tiff));
    if (!place) return tl::make_unexpected(place.error());
    std::vector<std::uint32_t> raster(std::size_t{width} * height);
    if (!read_raster(tiff, raster, width, height)) return trouble(Cause::damaged);
    if (orientation == 1) return lay_on_white(raster, *place), Decoded<void>();
    std::vector<std::uint8_t> stored(3 * raster.size());
    lay_on_white(raster, stored.data());
    turn_upright(stored.data(), width, height, orientation, *place);
    return {};
}

}  // namespace

Decoded<int> read_tiff(ByteView file, Canvas& canvas, const Give& give) {
    Source source{file};
    const TiffFile tiff = opened(source);
    const auto failed = [&](Trouble what) {
        return trouble(what.cause == Cause::damaged && source.cut_short ? Cause::cut_short : what.cause,
                       what.figure);
    };
    if (!tiff) return failed({});
    const std::size_t directories = TIFFNumberOfDirectories(tiff.get());
    if (directories > kMostPages) return trouble(Cause::too_many_pages, static_cast<double>(directories));
    if (directories == 0) return failed({});
    for (std::size_t at = 0; at < directories; ++at) {
        if (!TIFFSetDirectory(tiff.get(), static_cast<tdir_t>(at))) return failed({});
        const bool small =
            (field<std::uint32_t>(tiff.get(), TIFFTAG_SUBFILETYPE, 0) & FILETYPE_REDUCEDIMAGE) != 0;
        if (small && directories > 1) continue;
        if (auto page = read_page(tiff.get(), canvas); !page) return failed(page.error());
        if (!give(canvas, static_cast<int>(directories))) break;
    }
    return static_cast<int>(directories);
}

}  // namespace wq::scan
