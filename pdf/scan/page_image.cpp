#include "pdf/scan/page_image.h"

#include "pdf/scan/decoder.h"

#include <optional>

namespace wq::scan {
namespace {

struct Kind {
    FileKind kind;
    std::string_view begins, media_type;
};
constexpr Kind kKinds[] = {
    {FileKind::png, "\x89PNG\r\n\x1A\n", "image/png"}, {FileKind::jpeg, "\xFF\xD8\xFF", "image/jpeg"},
    {FileKind::pdf, "%PDF-", "application/pdf"},       {FileKind::tiff, {"II*\0", 4}, "image/tiff"},
    {FileKind::tiff, {"MM\0*", 4}, "image/tiff"},      {FileKind::bmp, "BM", "image/bmp"}};

const Kind* kind_of(ByteView file) {
    for (const Kind& kind : kKinds)
        if (text_of(file).starts_with(kind.begins)) return &kind;
    return nullptr;
}

// Pictures that phones and the web have and we don't read; a person can save them as another kind.
struct Other {
    std::size_t at;
    std::string_view mark, format;
};
constexpr Other kOthers[] = {
    {4, "ftypheic", "HEIC"},        {4, "ftypheix", "HEIC"},      {4, "ftypheim", "HEIC"},
    {4, "ftyphevc", "HEIC"},        {4, "ftypmif1", "HEIC"},      {4, "ftypmsf1", "HEIC"},
    {4, "ftypavif", "AVIF"},        {8, "WEBP", "WebP"},          {0, "GIF8", "GIF"},
    {4, "jP  \r\n", "JPEG 2000"},   {0, "\xFF\x0A", "JPEG XL"},   {4, "JXL ", "JPEG XL"},
    {0, {"II+\0", 4}, "BigTIFF"},   {0, {"MM\0+", 4}, "BigTIFF"}, {0, "\xD0\xCF\x11\xE0", "Word"},
    {0, "PK\x03\x04", "Word / ZIP"}};

Refusal no_picture(ByteView file) {
    for (const auto& [at, mark, format] : kOthers)
        if (file.size() > at && text_of(file).substr(at).starts_with(mark))
            return {"picture_format_unsupported", {{"format", std::string(format)}}};
    return {"not_a_picture"};
}

Result<const Kind*> checked(ByteView file) {
    if (file.empty()) return refuse("file_empty");
    const Kind* kind = kind_of(file);
    if (!kind) return tl::make_unexpected(no_picture(file));
    if (file.size() > kMostFileBytes)
        return refuse("file_too_large",
                      {{"file", std::string(kind->media_type)}, {"limit", std::to_string(kMostFileBytes)}});
    return kind;
}

}  // namespace

Result<void> each_picture(ByteView file, const std::function<bool(Picture picture)>& take) {
    return checked(file).and_then([&](const Kind* kind) -> Result<void> {
        const auto pages = Decoder::of_this_process().decode(file, {.kind = kind->kind}, take);
        if (!pages) return tl::make_unexpected(pages.error());
        return {};
    });
}

Result<std::vector<Picture>> read_pictures(ByteView file) {
    std::vector<Picture> pictures;
    const auto read = each_picture(file, [&](Picture picture) {
        pictures.push_back(std::move(picture));
        return true;
    });
    if (!read) return tl::make_unexpected(read.error());
    return pictures;
}

Result<Picture> first_picture(ByteView file) {
    std::optional<Picture> first;
    const auto read = each_picture(file, [&](Picture picture) {
        first = std::move(picture);
        return false;
    });
    if (!read) return tl::make_unexpected(read.error());
    return std::move(*first);
}

Result<void> check_pictures(ByteView file) {
    return each_picture(file, [](const Picture&) { return true; });
}

void make_decoder_ready() {
    Bytes pixel = {'B', 'M', 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40,
                   0,   0,   0,  1, 0, 0, 0, 1, 0, 0, 0,  1, 0, 24};
    pixel.resize(58);
    if (const auto read = first_picture(pixel); !read)
        throw Fault("wangqian-decode answers " + read.error().code);
}

std::string_view media_type_of(ByteView file) {
    const Kind* kind = kind_of(file);
    return kind ? kind->media_type : std::string_view();
}

}  // namespace wq::scan
