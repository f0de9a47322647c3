#include "kiosk/desk/attaching.h"

#include "pdf/scan/page_image.h"

namespace wq::desk {
namespace {

constexpr std::size_t kLargest = std::size_t{16} << 20;

}  // namespace

Result<domain::Attachment> attach_file(Home& home, std::string kind, ByteView file) {
    if (file.size() > kLargest)
        return refuse("file_too_large", {{"file", kind}, {"limit", std::to_string(kLargest)}});
    if (const auto good = scan::check_pictures(file); !good) return tl::make_unexpected(good.error());
    const auto kept = home.store().pictures().keep(file, scan::media_type_of(file));
    if (!kept) return tl::make_unexpected(kept.error());
    return domain::Attachment{std::move(kind), kept->hash, kept->size, kept->media_type};
}

}  // namespace wq::desk
