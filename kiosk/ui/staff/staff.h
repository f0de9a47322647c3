// The career office's desk in windows: who sits there, and the screens that all share it. Not for what is
// done there: kiosk/desk. UI thread.
#pragma once

#include "kiosk/ui/app.h"
#include "kiosk/ui/staff/scan_batch.h"

#include <optional>
#include <string>
#include <vector>

namespace wq::ui::staff {

class Office {
  public:
    explicit Office(App& app);

    App& app() const { return app_; }
    Shell& shell() const { return app_.shell(); }

    // Opens the login screen; also the end of a session.
    void start();
    void begin(desk::StaffSession session);
    const desk::StaffSession& session() const { return *session_; }
    const std::shared_ptr<ScanBatch>& batch() const { return batch_; }  // the session's

  private:
    App& app_;
    std::optional<desk::StaffSession> session_;
    std::shared_ptr<ScanBatch> batch_;
};

// Desk thread. What lies on the desk's scanner, kept for an act. Refuses with `scanner_empty` where nothing
// does, and where nothing of it could be kept.
using Attachments = std::vector<domain::Attachment>;
Result<Attachments> take_sheets(Rooms& rooms, Sheets& sheets, const std::string& kind);

// What all screens of the desk have: the office, and words.
class StaffScreen : public Screen {
  public:
    StaffScreen(Shell& shell, Office& office, std::string name, Body body)
        : Screen(shell, std::move(name), body), office_(office) {}

  protected:
    Office& office() const { return office_; }
    App& app() const { return office_.app(); }
    std::string say(std::string_view key, const Args& args = {}) const { return app().say(key, args); }
    std::string say(const Refusal& refusal) const { return app().speech()(refusal); }

  private:
    Office& office_;
};

}  // namespace wq::ui::staff
