#include "kiosk/ui/staff/staff.h"

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

}  // namespace wq::ui::staff
