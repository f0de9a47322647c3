// The scanner as the student's screens use it: a sheet at a time. A folder stands in for it. What stands on a
// sheet is not asked here.
#pragma once

#include "kiosk/ui/app.h"

#include <optional>
#include <string>

namespace wq::ui::student {

// Desk thread. The next sheet, or nothing where none lies there.
std::optional<devices::SourceFile> next_sheet(Rooms& rooms);

// Off the scanner: what was taken is kept, sealed, in the store; a file that is no page is set aside.
void clear_away(Rooms& rooms, const std::string& sheet, bool kept);

}  // namespace wq::ui::student
