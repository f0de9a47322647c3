#include "pdf/scan/page_image.h"

#include "pdf/scan/mat.h"
#include "pdf/scan/raster.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <cstdio>
#include <cstdlib>
#include <optional>

namespace wq::scan {
namespace {

constexpr double kPdfDpi = 200;
constexpr std::size_t kLeastBytes = 26;  // of a header with the size in it

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
        if (marker < 0xC0 || (marker >= 0xD0 && marker <= 0xD9)) return std::nullopt;  // no segment's
        const bool frame =
            marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame) return Size{big_endian(file, at + 7, 2), big_endian(file, at + 5, 2)};
        at += 2 + big_endian(file, at + 2, 2);
    }
    return std::nullopt;
}

// A TIFF's chain of directories, one for each page (TIFF 6.0, section 2).
class Tiff {
  public:
    explicit Tiff(ByteView file) : file_(file), little_(file[0] == 'I') {}

    // Empty where the chain is broken; one more than kMostPages where it has no end.
    std::vector<std::size_t> pages() const {
        std::vector<std::size_t> pages;
        for (std::size_t at = number(4, 4); at != 0 && pages.size() <= kMostPages;) {
            if (at + 2 > file_.size()) return {};
            const std::size_t end = at + 2 + 12 * number(at, 2);
            if (end + 4 > file_.size()) return {};
            pages.push_back(at);
            at = number(end, 4);
        }
        return pages;
    }

    Size size(std::size_t directory) const {
        Size size;
        const std::size_t entries = number(directory, 2);
        for (std::size_t i = 0; i < entries; ++i) {
            const std::size_t at = directory + 2 + 12 * i;
            const std::uint64_t value = number(at + 8, number(at + 2, 2) == 3 ? 2 : 4);
            if (number(at, 2) == 256) size.width = value;
            if (number(at, 2) == 257) size.height = value;
        }
        return size;
    }

    // The same file, beginning with this page: OpenCV 4.6 reads only the first one from memory.
    Bytes beginning_with(std::size_t directory) const {
        Bytes file(file_.begin(), file_.end());
        for (std::size_t i = 0; i < 4; ++i)
            file[4 + i] = static_cast<std::uint8_t>(directory >> 8 * (little_ ? i : 3 - i));
        return file;
    }

  private:
    std::uint64_t number(std::size_t at, int count) const {
        return little_ ? little_endian(file_, at, count) : big_endian(file_, at, count);
    }

    ByteView file_;
    bool little_;
};

// Negative where the rows go from the top.
std::uint64_t bmp_height(ByteView file) {
    const auto height = static_cast<std::int32_t>(little_endian(file, 22, 4));
    return static_cast<std::uint64_t>(std::abs(static_cast<std::int64_t>(height)));
}

std::optional<Size> size_of(ByteView file, std::string_view type) {
    if (type == "image/png") return Size{big_endian(file, 16, 4), big_endian(file, 20, 4)};
    if (type == "image/jpeg") return jpeg_size(file);
    return Size{little_endian(file, 18, 4), bmp_height(file)};
}

double dpi_of_jpeg(ByteView file) {  // JFIF 1.02: right after the start
    if (file.size() < 20 || text_of(file).substr(6, 4) != "JFIF") return 0;
    const double across = static_cast<double>(big_endian(file, 14, 2));
    return file[13] == 1 ? across : file[13] == 2 ? across * 2.54 : 0;
}

double dpi_of_png(ByteView file) {  // pHYs comes before the pixels
    for (std::size_t at = 8; at + 21 < file.size(); at += 12 + big_endian(file, at, 4)) {
        const std::string_view chunk = text_of(file).substr(at + 4, 4);
        if (chunk == "IDAT") return 0;
        if (chunk == "pHYs")
            return file[at + 16] == 1 ? static_cast<double>(big_endian(file, at + 8, 4)) * 0.0254 : 0;
    }
    return 0;
}

double dpi_of(ByteView file, std::string_view type) {
    if (type == "image/jpeg") return dpi_of_jpeg(file);
    if (type == "image/png") return dpi_of_png(file);
    return file.size() > 42 ? static_cast<double>(little_endian(file, 38, 4)) * 0.0254 : 0;
}

std::string one_decimal(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

// On white, as paper is: 8 bits of blue, green, red and opacity.
cv::Mat on_white(const cv::Mat& clear) {
    cv::Mat shown(clear.size(), CV_8UC3);
    for (int y = 0; y < clear.rows; ++y)
        for (int x = 0; x < clear.cols; ++x) {
            const auto& from = clear.at<cv::Vec4b>(y, x);
            for (int channel = 0; channel < 3; ++channel)
                shown.at<cv::Vec3b>(y, x)[channel] =
                    static_cast<std::uint8_t>((from[channel] * from[3] + 255 * (255 - from[3])) / 255);
        }
    return shown;
}

Result<Picture> decoded(ByteView file, std::string_view type) {
    const cv::Mat data(1, static_cast<int>(file.size()), CV_8U, const_cast<std::uint8_t*>(file.data()));
    cv::Mat mat = cv::imdecode(data, cv::IMREAD_COLOR);
    if (type == "image/png" && !mat.empty())
        if (const cv::Mat whole = cv::imdecode(data, cv::IMREAD_UNCHANGED); whole.type() == CV_8UC4)
            mat = on_white(whole);
    if (mat.empty()) return refuse("picture_damaged");
    return picture_of(mat);
}

Result<Size> checked(std::optional<Size> size) {
    if (!size || size->width == 0 || size->height == 0) return refuse("picture_damaged");
    if (size->megapixels() > kMostMegapixels)
        return refuse("picture_too_large", {{"megapixels", one_decimal(size->megapixels())},
                                            {"limit", one_decimal(kMostMegapixels)}});
    return *size;
}

Refusal too_many(std::size_t pages) {
    return {"too_many_pages", {{"pages", std::to_string(pages)}, {"limit", std::to_string(kMostPages)}}};
}

Result<std::vector<Picture>> tiff_pages(ByteView file) {
    const Tiff tiff(file);
    const std::vector<std::size_t> pages = tiff.pages();
    if (pages.empty()) return refuse("picture_damaged");
    if (pages.size() > kMostPages) return tl::make_unexpected(too_many(pages.size()));
    std::vector<Picture> pictures;
    for (std::size_t page : pages) {
        auto picture = checked(tiff.size(page)).and_then([&](const Size&) {
            return decoded(tiff.beginning_with(page), "image/tiff");
        });
        if (!picture) return tl::make_unexpected(picture.error());
        pictures.push_back(std::move(*picture));
    }
    return pictures;
}

Result<std::vector<Picture>> pdf_pages(ByteView file) {
    const auto document = Document::open(file);
    if (!document) return tl::make_unexpected(document.error());
    if (document->pages() > static_cast<int>(kMostPages))
        return tl::make_unexpected(too_many(static_cast<std::size_t>(document->pages())));
    std::vector<Picture> pictures;
    for (int page = 1; page <= document->pages(); ++page) {
        auto picture = document->raster(page, kPdfDpi);
        if (!picture) return tl::make_unexpected(picture.error());
        picture->dpi = kPdfDpi;
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
        if (file.size() < kLeastBytes) return refuse("picture_damaged");
        if (type == "image/tiff") return tiff_pages(file);
        return checked(size_of(file, type)).and_then([&](const Size&) {
            return decoded(file, type).map([&](Picture picture) {
                picture.dpi = dpi_of(file, type);
                return std::vector<Picture>{std::move(picture)};
            });
        });
    } catch (const std::exception&) {
        return refuse("picture_damaged");  // what the decoders throw says nothing to a person
    }
}

Bytes to_jpeg(const Picture& picture, int quality) {
    Bytes file;
    cv::imencode(".jpg", view_of(picture), file, {cv::IMWRITE_JPEG_QUALITY, quality});
    return file;
}

Match best_match(const cv::Mat_<float>& likeness) {
    Match match;
    cv::Point at;
    cv::minMaxLoc(likeness, nullptr, &match.likeness, nullptr, &at);
    const auto top = [&](cv::Point step) {
        const cv::Rect inside({}, likeness.size());
        if (!inside.contains(at - step) || !inside.contains(at + step)) return 0.0;
        const double before = likeness(at - step), here = likeness(at), after = likeness(at + step);
        const double bend = before - 2 * here + after;
        return bend < 0 ? (before - after) / (2 * bend) : 0.0;
    };
    match.at = {at.x + top({1, 0}), at.y + top({0, 1})};
    return match;
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
