// The room of settings (R08–R11): who may not set one sees it and reads who may. Each change is history.
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
