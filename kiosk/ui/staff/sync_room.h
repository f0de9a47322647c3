// The room of sync: what waits, since when and why, and syncing now. How sync goes is not known here: the
// App has it from the program.
#pragma once

#include "kiosk/ui/staff/pane.h"

namespace wq::ui::staff {

class SyncRoom : public Pane {
  public:
    SyncRoom(wxWindow* parent, Screen& screen, Office& office, std::function<void()> synced);

    void refresh() override;

  private:
    void build(const desk::SyncState& state);
    void sync_now();

    std::function<void()> synced_;
    bool busy_ = false;
};

}  // namespace wq::ui::staff
