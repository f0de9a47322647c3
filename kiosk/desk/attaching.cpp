#include "kiosk/desk/attaching.h"

#include "pdf/scan/page_image.h"

namespace wq::desk {
namespace {

constexpr std::size_t kLargest = std::size_t{16} << 20;

// By the first bytes; TIFF is the last that read_pictures takes.
const char* media_type_of(ByteView file) {
    const auto begins = [&](std::string_view mark) { return text_of(file).starts_with(mark); };
    if (begins("%PDF")) return "application/pdf";
    if (begins("\xFF\xD8")) return "image/jpeg";
    if (begins("\x89PNG")) return "image/png";
    return "image/tiff";
}

}  // namespace

Result<domain::Attachment> attach_file(Home& home, std::string kind, ByteView file) {
    if (file.size() > kLargest)
        return refuse("file_too_large", {{"file", kind}, {"limit", std::to_string(kLargest)}});
    if (const auto pages = scan::read_pictures(file); !pages) return tl::make_unexpected(pages.error());
    const auto kept = home.store().pictures().keep(file, media_type_of(file));
    if (!kept) return tl::make_unexpected(kept.error());
    return domain::Attachment{std::move(kind), kept->hash, kept->size, kept->media_type};
}

}  // namespace wq::desk
