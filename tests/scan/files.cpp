#include "tests/scan/files.h"

#include <jpeglib.h>
#include <png.h>
#include <tiffio.h>
#include <zlib.h>

#include <cstdio>  // jpeglib.h wants it first
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <stdexcept>
#include <string>

namespace wq::scan::files {
namespace {

Rgb colour_at(int y) { return y < kBand ? Rgb{255, 255, 255} : kOrange; }

struct Jpeg {
    int width = kWidth, height = kHeight, channels = 3;
    J_COLOR_SPACE colours = JCS_RGB, stored = JCS_YCbCr;
    int dpi = 0;
    bool is_progressive = false;
};

using Row = std::function<void(std::uint8_t* row, int y)>;

Bytes written(const Jpeg& kind, const Row& fill) {
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* data = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &data, &size);
    info.image_width = static_cast<JDIMENSION>(kind.width);
    info.image_height = static_cast<JDIMENSION>(kind.height);
    info.input_components = kind.channels;
    info.in_color_space = kind.colours;
    jpeg_set_defaults(&info);
    jpeg_set_colorspace(&info, kind.stored);
    jpeg_set_quality(&info, 95, TRUE);
    if (kind.is_progressive) jpeg_simple_progression(&info);
    if (kind.dpi > 0) info.density_unit = 1, info.X_density = info.Y_density = static_cast<UINT16>(kind.dpi);
    jpeg_start_compress(&info, TRUE);
    Bytes row(static_cast<std::size_t>(kind.width * kind.channels));
    while (info.next_scanline < info.image_height) {
        fill(row.data(), static_cast<int>(info.next_scanline));
        JSAMPROW at = row.data();
        jpeg_write_scanlines(&info, &at, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    const Bytes file(data, data + size);
    std::free(data);
    return file;
}

void fill_rgb(std::uint8_t* row, int y) {
    for (int x = 0; x < kWidth; ++x, row += 3) {
        const Rgb colour = colour_at(y);
        row[0] = colour.red, row[1] = colour.green, row[2] = colour.blue;
    }
}

struct PngForm {
    int depth, type;
};

PngForm form_of(Png kind) {
    switch (kind) {
        case Png::rgb:
        case Png::interlaced:
            return {8, PNG_COLOR_TYPE_RGB};
        case Png::rgb16:
            return {16, PNG_COLOR_TYPE_RGB};
        case Png::grey16:
            return {16, PNG_COLOR_TYPE_GRAY};
        case Png::palette:
            return {8, PNG_COLOR_TYPE_PALETTE};
        case Png::clear:
            return {8, PNG_COLOR_TYPE_RGBA};
        case Png::grey_clear:
            return {8, PNG_COLOR_TYPE_GRAY_ALPHA};
        case Png::one_bit:
            return {1, PNG_COLOR_TYPE_GRAY};
    }
    std::abort();
}

// Clear in the white band, where the kind can be.
void fill_png(Png kind, std::uint8_t* row, int y) {
    const bool band = y < kBand;
    const Rgb colour = colour_at(y);
    const auto opacity = static_cast<std::uint8_t>(band ? 0 : 255);
    for (int x = 0; x < kWidth; ++x) switch (kind) {
            case Png::rgb:
            case Png::interlaced:
                *row++ = colour.red, *row++ = colour.green, *row++ = colour.blue;
                break;
            case Png::rgb16:
                for (std::uint8_t part : {colour.red, colour.green, colour.blue})
                    *row++ = part, *row++ = part;
                break;
            case Png::grey16:
                *row++ = band ? 255 : 128, *row++ = 0;
                break;
            case Png::palette:
                *row++ = band ? 0 : 1;
                break;
            case Png::clear:
                *row++ = 0, *row++ = 0, *row++ = 0, *row++ = opacity;
                break;
            case Png::grey_clear:
                *row++ = 0, *row++ = opacity;
                break;
            case Png::one_bit:
                if (x % 8 == 0) *row++ = band ? 0xFF : 0;
                break;
        }
}

void put_number(Bytes& to, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) to.push_back(static_cast<std::uint8_t>(value >> shift));
}

void put_little(Bytes& to, std::uint32_t value, int count) {
    for (int i = 0; i < count; ++i) to.push_back(static_cast<std::uint8_t>(value >> 8 * i));
}

}  // namespace

Bytes jpeg(int dpi) { return written({.dpi = dpi}, fill_rgb); }
Bytes progressive_jpeg() { return written({.is_progressive = true}, fill_rgb); }

Bytes cmyk_jpeg() {
    return written({.channels = 4, .colours = JCS_CMYK, .stored = JCS_YCCK}, [](std::uint8_t* row, int y) {
        for (int x = 0; x < kWidth; ++x) {
            const Rgb colour = colour_at(y);
            *row++ = colour.red, *row++ = colour.green, *row++ = colour.blue, *row++ = 255;
        }
    });
}

Bytes grey_jpeg(int width, int height, int dpi) {
    return written({width, height, 1, JCS_GRAYSCALE, JCS_GRAYSCALE, dpi}, [&](std::uint8_t* row, int y) {
        std::memset(row, y < height / 2 ? 200 : 90, static_cast<std::size_t>(width));
    });
}

Bytes turned(Bytes jpeg, int orientation) {
    const Bytes exif = {0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0,
                        'M',  'M',  0, 42, 0,   0,   0,   8,   0, 1,
                        1,    0x12, 0, 3,  0,   0,   0,   1,   0, static_cast<std::uint8_t>(orientation),
                        0,    0,    0, 0,  0,   0};
    jpeg.insert(jpeg.begin() + 2, exif.begin(), exif.end());
    return jpeg;
}

Bytes png(Png kind, int dpi) {
    Bytes file;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    const auto put = [](png_structp of, png_bytep data, std::size_t size) {
        auto& to = *static_cast<Bytes*>(png_get_io_ptr(of));
        to.insert(to.end(), data, data + size);
    };
    png_set_write_fn(png, &file, put, nullptr);
    const auto [depth, type] = form_of(kind);
    png_set_IHDR(png, info, kWidth, kHeight, depth, type,
                 kind == Png::interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, 0, 0);
    const png_color colours[] = {{255, 255, 255}, {kOrange.red, kOrange.green, kOrange.blue}};
    if (kind == Png::palette) png_set_PLTE(png, info, colours, 2);
    const auto dots = static_cast<png_uint_32>(dpi / 0.0254 + 0.5);
    if (dpi > 0) png_set_pHYs(png, info, dots, dots, PNG_RESOLUTION_METER);
    std::vector<Bytes> rows(kHeight, Bytes(kWidth * 8));
    std::vector<png_bytep> places;
    for (int y = 0; y < kHeight; ++y) {
        fill_png(kind, rows[static_cast<std::size_t>(y)].data(), y);
        places.push_back(rows[static_cast<std::size_t>(y)].data());
    }
    png_set_rows(png, info, places.data());
    png_write_png(png, info, PNG_TRANSFORM_IDENTITY, nullptr);
    png_destroy_write_struct(&png, &info);
    return file;
}

Bytes with_chunk(const Bytes& png, std::string_view name, const Bytes& content) {
    constexpr std::ptrdiff_t kAfterHead = 33;
    Bytes chunk;
    put_number(chunk, static_cast<std::uint32_t>(content.size()));
    chunk.insert(chunk.end(), name.begin(), name.end());
    chunk.insert(chunk.end(), content.begin(), content.end());
    put_number(chunk,
               static_cast<std::uint32_t>(crc32(0, chunk.data() + 4, static_cast<uInt>(chunk.size() - 4))));
    Bytes file = png;
    file.insert(file.begin() + kAfterHead, chunk.begin(), chunk.end());
    return file;
}

Bytes tiff(const std::vector<TiffPage>& pages) {
    const auto path = std::filesystem::temp_directory_path() /
                      ("wq_scan_" + std::to_string(std::random_device{}()) + ".tiff");
    TIFF* file = TIFFOpen(path.c_str(), "w");
    if (!file) throw std::runtime_error("no place for a TIFF");
    for (const TiffPage& page : pages) {
        TIFFSetField(file, TIFFTAG_IMAGEWIDTH, page.width);
        TIFFSetField(file, TIFFTAG_IMAGELENGTH, page.height);
        TIFFSetField(file, TIFFTAG_BITSPERSAMPLE, page.bits);
        TIFFSetField(file, TIFFTAG_SAMPLESPERPIXEL, 1);
        TIFFSetField(file, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
        TIFFSetField(file, TIFFTAG_COMPRESSION, page.bits == 1 ? COMPRESSION_CCITTFAX4 : COMPRESSION_LZW);
        TIFFSetField(file, TIFFTAG_ROWSPERSTRIP, 8);
        TIFFSetField(file, TIFFTAG_ORIENTATION, page.orientation);
        if (page.is_small) TIFFSetField(file, TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
        if (page.dpi_across > 0) {
            TIFFSetField(file, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
            TIFFSetField(file, TIFFTAG_XRESOLUTION, page.dpi_across);
            TIFFSetField(file, TIFFTAG_YRESOLUTION, page.dpi_down);
        }
        Bytes row(static_cast<std::size_t>(page.width) * 2, page.grey);
        for (int y = 0; y < page.height; ++y)
            TIFFWriteScanline(file, row.data(), static_cast<std::uint32_t>(y), 0);
        TIFFWriteDirectory(file);
    }
    TIFFClose(file);
    std::ifstream in(path, std::ios::binary);
    const Bytes bytes((std::istreambuf_iterator<char>(in)), {});
    std::filesystem::remove(path);
    return bytes;
}

Bytes bmp(int bits, bool from_top) {
    const std::size_t colours = bits > 8 ? 0 : 2,
                      stride = (static_cast<std::size_t>(kWidth * bits) + 31) / 32 * 4;
    const auto pixels = static_cast<std::uint32_t>(54 + 4 * colours);
    Bytes file = {'B', 'M'};
    put_little(file, static_cast<std::uint32_t>(pixels + stride * kHeight), 4);
    put_little(file, 0, 4);
    put_little(file, pixels, 4);
    put_little(file, 40, 4);
    put_little(file, kWidth, 4);
    put_little(file, static_cast<std::uint32_t>(from_top ? -kHeight : kHeight), 4);
    put_little(file, 1, 2);
    put_little(file, static_cast<std::uint32_t>(bits), 2);
    put_little(file, 0, 8);
    put_little(file, 7874, 4);  // 200 dpi
    put_little(file, 7874, 4);
    put_little(file, static_cast<std::uint32_t>(colours), 8);
    if (colours > 0) file.insert(file.end(), {255, 255, 255, 0, kOrange.blue, kOrange.green, kOrange.red, 0});
    for (int y = 0; y < kHeight; ++y) {
        const int shown = from_top ? y : kHeight - 1 - y;
        const std::size_t end = file.size() + stride;
        const std::uint8_t index = shown < kBand ? 0 : bits == 1 ? 0xFF : bits == 4 ? 0x11 : 1;
        if (bits <= 8) file.resize(end, index);
        for (const Rgb colour = colour_at(shown); bits > 8 && file.size() + 3 <= end;) {
            file.insert(file.end(), {colour.blue, colour.green, colour.red});
            if (bits == 32) file.push_back(0);
        }
        file.resize(end);
    }
    return file;
}

Bytes pdf(int pages, std::string_view more, std::string_view contents) {
    std::vector<std::string> objects = {"<</Length " + std::to_string(contents.size()) + ">>stream\n" +
                                        std::string(contents) + "\nendstream"};
    std::string kids;
    for (int page = 0; page < pages; ++page) {
        objects.push_back("<</Type/Page/Parent " + std::to_string(pages + 2) +
                          " 0 R/MediaBox[0 0 144 72]/Contents 1 0 R>>");
        kids += std::to_string(page + 2) + " 0 R ";
    }
    objects.push_back("<</Type/Pages/Count " + std::to_string(pages) + "/Kids[" + kids + "]>>");
    objects.push_back("<</Type/Catalog/Pages " + std::to_string(pages + 2) + " 0 R" + std::string(more) +
                      ">>");
    std::string file = "%PDF-1.7\n", places;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        const std::string place = std::to_string(file.size());
        places += std::string(10 - place.size(), '0') + place + " 00000 n \n";
        file += std::to_string(i + 1) + " 0 obj" + objects[i] + "\nendobj\n";
    }
    const std::string size = std::to_string(objects.size() + 1), start = std::to_string(file.size());
    file += "xref\n0 " + size + "\n0000000000 65535 f \n" + places + "trailer<</Size " + size + "/Root " +
            std::to_string(objects.size()) + " 0 R>>\nstartxref\n" + start + "\n%%EOF\n";
    return {file.begin(), file.end()};
}

}  // namespace wq::scan::files
