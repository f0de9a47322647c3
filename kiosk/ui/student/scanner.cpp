#include "kiosk/ui/student/scanner.h"

#include "kiosk/devices/page_source.h"

namespace wq::ui::student {

std::optional<devices::SourceFile> next_sheet(Rooms& rooms) {
    return devices::FilePages({rooms.scan_folder}).next();
}

void clear_away(Rooms& rooms, const std::string& sheet, bool kept) {
    std::error_code ignored;  // a file that stays is taken again, which changes nothing
    if (kept)
        std::filesystem::remove(rooms.scan_folder / sheet, ignored);
    else
        devices::put_away(rooms.scan_folder, sheet, "refused");
}

}  // namespace wq::ui::student
