#include "kiosk/desk/page_reading.h"

#include "pdf/scan/page_checks.h"
#include "pdf/scan/page_image.h"

namespace wq::desk {
namespace {

Result<std::vector<scan::Picture>> pictures_of(devices::SourceFile& file) {
    if (!file.content) return tl::make_unexpected(file.content.error());
    if (const auto* bytes = std::get_if<Bytes>(&*file.content)) return scan::read_pictures(*bytes);
    return std::vector{std::move(std::get<scan::Picture>(*file.content))};
}

}  // namespace

ReadFile read_file(devices::SourceFile file) {
    ReadFile read{file.name, {}};
    auto pictures = pictures_of(file);
    if (!pictures) {
        read.pages = tl::make_unexpected(pictures.error());
        return read;
    }
    for (scan::Picture& picture : *pictures) {
        auto reading = scan::read_page(picture, scan::search_for_our_codes());
        read.pages->push_back({std::move(picture), std::move(reading)});
    }
    return read;
}

}  // namespace wq::desk
