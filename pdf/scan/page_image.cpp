#include "pdf/scan/page_image.h"

#include "pdf/scan/mat.h"
#include "pdf/scan/raster.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <cstdio>
#include <optional>

namespace wq::scan {
namespace {

constexpr double kPdfDpi = 200;

struct Size {
    std::uint64_t width = 0, height = 0;
    double megapixels() const { return static_cast<double>(width) * static_cast<double>(height) / 1e6; }
};

std::uint64_t big_endian(ByteView bytes, std::size_t at, int count) {
    std::uint64_t value = 0;
    for (int i = 0; i < count; ++i) value = value << 8 | bytes[at + static_cast<std::size_t>(i)];
    return value;
}

std::uint64_t little_endian(ByteView bytes, std::size_t at, int count) {
    std::uint64_t value = 0;
    for (int i = count; i-- > 0;) value = value << 8 | bytes[at + static_cast<std::size_t>(i)];
    return value;
}

bool begins(ByteView file, std::string_view magic) { return text_of(file).starts_with(magic); }

// The frame header's size (ITU-T T.81, B.2.2); markers before it are skipped by their lengths.
std::optional<Size> jpeg_size(ByteView file) {
    std::size_t at = 2;
    while (at + 9 < file.size()) {
        if (file[at] != 0xFF) return std::nullopt;
        const std::uint8_t marker = file[at + 1];
        if (marker == 0xFF) {
            ++at;
            continue;
        }
        const bool frame =
            marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame) return Size{big_endian(file, at + 7, 2), big_endian(file, at + 5, 2)};
        at += 2 + big_endian(file, at + 2, 2);
    }
    return std::nullopt;
}

// Of the first directory (TIFF 6.0, section 2); the decoder checks the others again.
std::optional<Size> tiff_size(ByteView file) {
    const bool little = file[0] == 'I';
    const auto number = [&](std::size_t at, int count) {
        return little ? little_endian(file, at, count) : big_endian(file, at, count);
    };
    const std::size_t directory = number(4, 4);
    if (directory + 2 > file.size()) return std::nullopt;
    Size size;
    const std::size_t entries = number(directory, 2);
    for (std::size_t i = 0; i < entries; ++i) {
        const std::size_t at = directory + 2 + 12 * i;
        if (at + 12 > file.size()) return std::nullopt;
        const std::uint64_t value = number(at + 8, number(at + 2, 2) == 3 ? 2 : 4);
        if (number(at, 2) == 256) size.width = value;
        if (number(at, 2) == 257) size.height = value;
    }
    return size;
}

std::optional<Size> size_of(ByteView file, std::string_view type) {
    if (file.size() < 26) return std::nullopt;
    if (type == "image/png") return Size{big_endian(file, 16, 4), big_endian(file, 20, 4)};
    if (type == "image/jpeg") return jpeg_size(file);
    if (type == "image/bmp") return Size{little_endian(file, 18, 4), little_endian(file, 22, 4) & 0x7FFFFFFF};
    return tiff_size(file);
}

std::string one_decimal(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

// The first page of a TIFF: OpenCV 4.6 reads several from files only.
Result<std::vector<Picture>> decoded(ByteView file) {
    const cv::Mat data(1, static_cast<int>(file.size()), CV_8U, const_cast<std::uint8_t*>(file.data()));
    const cv::Mat mat = cv::imdecode(data, cv::IMREAD_COLOR);
    if (mat.empty()) return refuse("picture_damaged");
    return std::vector<Picture>{picture_of(mat)};
}

Result<std::vector<Picture>> pdf_pages(ByteView file) {
    const auto document = Document::open(file);
    if (!document) return tl::make_unexpected(document.error());
    if (document->pages() > kMostPages)
        return refuse("too_many_pages",
                      {{"pages", std::to_string(document->pages())}, {"limit", std::to_string(kMostPages)}});
    std::vector<Picture> pictures;
    for (int page = 1; page <= document->pages(); ++page) {
        auto picture = document->raster(page, kPdfDpi);
        if (!picture) return tl::make_unexpected(picture.error());
        pictures.push_back(std::move(*picture));
    }
    return pictures;
}

}  // namespace

std::string_view media_type_of(ByteView file) {
    if (begins(file, "\x89PNG\r\n\x1A\n")) return "image/png";
    if (begins(file, "\xFF\xD8\xFF")) return "image/jpeg";
    if (begins(file, "%PDF-")) return "application/pdf";
    if (begins(file, std::string_view("II*\0", 4)) || begins(file, std::string_view("MM\0*", 4)))
        return "image/tiff";
    if (begins(file, "BM")) return "image/bmp";
    return {};
}

Result<std::vector<Picture>> read_pictures(ByteView file) {
    if (file.empty()) return refuse("file_empty");
    const std::string_view type = media_type_of(file);
    if (type.empty()) return refuse("not_a_picture");
    try {
        if (type == "application/pdf") return pdf_pages(file);
        const auto size = size_of(file, type);
        if (!size || size->width == 0 || size->height == 0) return refuse("picture_damaged");
        if (size->megapixels() > kMostMegapixels)
            return refuse("picture_too_large", {{"megapixels", one_decimal(size->megapixels())},
                                                {"limit", one_decimal(kMostMegapixels)}});
        return decoded(file);
    } catch (const std::exception&) {
        return refuse("picture_damaged");  // what the decoders throw says nothing to a person
    }
}

Bytes to_jpeg(const Picture& picture, int quality) {
    Bytes file;
    cv::imencode(".jpg", view_of(picture), file, {cv::IMWRITE_JPEG_QUALITY, quality});
    return file;
}

cv::Mat without_colour(const cv::Mat& bgr) {
    std::vector<cv::Mat> channels;
    cv::split(bgr, channels);
    cv::Mat grey;
    cv::max(channels[0], channels[1], grey);
    cv::max(grey, channels[2], grey);
    return grey;
}

}  // namespace wq::scan
