// The room of settings (R08–R11): who may not set one still sees it. Each change is history. What a setting
// may be, domain::campus_settings() says. The printer is this machine's own (desk/machine.h), for the
// school's office to choose from what CUPS knows.
#pragma once

#include "kiosk/devices/printer.h"
#include "kiosk/ui/staff/pane.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace wq::ui {
class FormField;
}

namespace wq::ui::staff {

class SettingsRoom : public Pane {
  public:
    SettingsRoom(wxWindow* parent, Screen& screen, Office& office);

    void refresh() override;

  private:
    struct Found {
        std::vector<devices::FoundPrinter> printers;
        devices::PrinterState state;
    };
    void build(const domain::Form& settings, const domain::Form& machine);
    void build_printer(Stack& body);
    void look_for_printers(const devices::PrinterChoice& choice);
    void show_printers(const Found& found);
    std::optional<domain::Form> changes_of(const std::map<std::string, FormField*>& fields,
                                           const domain::Form& before);
    void save();

    domain::Form settings_, machine_;  // as they were looked at
    std::map<std::string, FormField*> fields_, machine_fields_;
    Stack* printers_ = nullptr;
};

}  // namespace wq::ui::staff
