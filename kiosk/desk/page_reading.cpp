#include "kiosk/desk/page_reading.h"

#include "pdf/scan/page_checks.h"
#include "pdf/scan/page_image.h"

namespace wq::desk {

// Who laid a page straight has seen all of it; of others a person sees every stroke.
Bytes kept_picture(const scan::PageReading& reading, const scan::Picture& picture) {
    return reading.placement ? scan::to_jpeg(reading.upright) : scan::to_jpeg(picture, 90);
}

ReadFile read_file(devices::SourceFile file) {
    ReadFile read{file.name, {}, {}};
    const auto take = [&](const scan::Picture& picture) {
        for (scan::PageReading& page : scan::read_pages(picture, scan::search_for_our_codes())) {
            Bytes jpeg = kept_picture(page, picture);
            read.pages.push_back({std::move(jpeg), std::move(page)});
        }
        return true;
    };
    if (!file.content) {
        read.why = file.content.error();
    } else if (const auto* bytes = std::get_if<Bytes>(&*file.content)) {
        if (const auto done = scan::each_picture(*bytes, take); !done) read.why = done.error();
    } else {
        take(std::get<scan::Picture>(*file.content));
    }
    return read;
}

}  // namespace wq::desk
