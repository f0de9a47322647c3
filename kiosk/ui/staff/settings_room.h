// The room of settings (R08–R11): who may not set one still sees it. Each change is history. What a setting
// may be, domain::campus_settings() says.
#pragma once

#include "kiosk/ui/staff/pane.h"

#include <map>
#include <string>

namespace wq::ui {
class FormField;
}

namespace wq::ui::staff {

class SettingsRoom : public Pane {
  public:
    SettingsRoom(wxWindow* parent, Screen& screen, Office& office);

    void refresh() override;

  private:
    void build(const domain::Form& settings);
    void save();

    domain::Form settings_;
    std::map<std::string, FormField*> fields_;
};

}  // namespace wq::ui::staff
