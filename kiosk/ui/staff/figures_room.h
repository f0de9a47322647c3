// The room of figures (R47): how many graduates have a destination, by department, level, code and day,
// drawn; and the files for the employment-management system.
#pragma once

#include "kiosk/desk/figures.h"
#include "kiosk/ui/staff/pane.h"

#include <optional>

namespace wq::ui::staff {

class FiguresRoom : public Pane {
  public:
    FiguresRoom(wxWindow* parent, Screen& screen, Office& office);

    void refresh() override;

  private:
    void build(const desk::FiguresView& figures);
    void build_total(Stack& body, const desk::FiguresView& figures);
    void build_bars(Stack& body, const std::string& name, const std::vector<desk::FigureLine>& lines,
                    bool rates);
    void build_days(Stack& body, const std::vector<desk::FigureLine>& days);
    // The destinations, or the figures themselves.
    void save(const char* ending, bool figures);
};

}  // namespace wq::ui::staff
