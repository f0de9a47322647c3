#include "kiosk/ui/staff/staff.h"

#include "kiosk/ui/staff/desk.h"
#include "kiosk/ui/staff/staff_login.h"

namespace wq::ui::staff {

Office::Office(App& app) : app_(app) {
    shell().on_log_out([this] { start(); });
    // A window that closes takes the desk thread with it: nothing of a batch comes back to it.
    shell().Bind(wxEVT_CLOSE_WINDOW, [this](wxCloseEvent& event) {
        if (batch_) batch_->stop();
        event.Skip();
    });
}

void Office::start() {
    if (batch_) batch_->stop();
    batch_.reset();
    session_.reset();
    shell().restart<StaffLoginScreen>(*this);
}

void Office::begin(desk::StaffSession session) {
    session_ = std::move(session);
    batch_ = std::make_shared<ScanBatch>(app_, session_->actor);
    shell().restart<DeskScreen>(*this);
}

Result<Attachments> take_sheets(Rooms& rooms, Sheets& sheets, const std::string& kind) {
    if (sheets.files().empty()) return refuse("scanner_empty");
    Attachments attachments;
    std::optional<Refusal> why;
    for (const devices::SourceFile& sheet : sheets.files()) {
        auto taken =
            sheet.bytes().and_then([&](const Bytes& file) { return rooms.staff.attach(kind, file); });
        sheets.settle(sheet, taken.has_value());
        if (taken)
            attachments.push_back(std::move(*taken));
        else
            why = taken.error();
    }
    if (attachments.empty()) return tl::make_unexpected(*why);
    return attachments;
}

}  // namespace wq::ui::staff
