#include "kiosk/ui/staff/staff.h"

#include "kiosk/devices/page_source.h"
#include "kiosk/ui/staff/desk.h"
#include "kiosk/ui/staff/staff_login.h"

namespace wq::ui::staff {

Office::Office(App& app) : app_(app) {
    shell().on_log_out([this] { start(); });
}

void Office::start() {
    session_.reset();
    shell().restart<StaffLoginScreen>(*this);
}

void Office::begin(desk::StaffSession session) {
    session_ = std::move(session);
    shell().restart<DeskScreen>(*this);
}

std::optional<Result<domain::Attachment>> take_sheet(Rooms& rooms, const std::string& kind) {
    const auto sheet = devices::FilePages({rooms.scan_folder}).next();
    if (!sheet) return std::nullopt;
    auto taken = sheet->content.and_then([&](const Bytes& file) { return rooms.staff.attach(kind, file); });
    devices::put_away(rooms.scan_folder, sheet->name, taken ? "taken" : "refused");
    return taken;
}

}  // namespace wq::ui::staff
