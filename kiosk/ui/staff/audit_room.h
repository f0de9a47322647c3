// The room of proof (R46): the whole history checked, chain by chain, and what is broken named. Only reads;
// how it is checked, the store knows.
#pragma once

#include "data/store/audit.h"
#include "kiosk/ui/staff/pane.h"

#include <optional>

namespace wq::ui::staff {

class AuditRoom : public Pane {
  public:
    AuditRoom(wxWindow* parent, Screen& screen, Office& office);

    void refresh() override { build(); }

  private:
    void build();
    void audit();

    std::optional<store::AuditReport> report_;
    bool busy_ = false;
};

}  // namespace wq::ui::staff
