#include "kiosk/desk/page_reading.h"

#include "pdf/scan/page_checks.h"
#include "pdf/scan/page_image.h"

namespace wq::desk {

ReadFile read_file(devices::SourceFile file) {
    ReadFile read{file.name, {}, {}};
    const auto take = [&](const scan::Picture& picture) {
        for (scan::PageReading& page : scan::read_pages(picture, scan::search_for_our_codes())) {
            const bool placed = page.placement.has_value();
            read.pages.push_back({placed ? scan::Picture{} : picture, std::move(page)});
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
