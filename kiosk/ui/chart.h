// Figures drawn: horizontal bars for a few named things (BarChart), a line of days (DayChart). Only shows;
// what is counted is others' work.
#pragma once

#include "kiosk/ui/control.h"

#include <cstdint>
#include <string>
#include <vector>

namespace wq::ui {

class BarChart : public Control {
  public:
    struct Bar {
        std::string label;
        double share = 0;   // of the widest, 0 to 1
        std::string value;  // as read beside the bar
    };
    BarChart(wxWindow* parent, std::string_view name, std::vector<Bar> bars);

    int natural_width() const override { return 0; }
    int height_for(int width) const override;
    Description description() const override;

  protected:
    void draw(Painter& painter, const wxRect& seen) override;

  private:
    std::vector<Bar> bars_;
};

class DayChart : public Control {
  public:
    struct Day {
        std::string label;  // "11-24"
        std::int64_t count = 0;
    };
    // One after the other without gaps.
    DayChart(wxWindow* parent, std::string_view name, std::vector<Day> days);

    int natural_width() const override { return 0; }
    int height_for(int width) const override;
    Description description() const override;

  protected:
    void draw(Painter& painter, const wxRect& seen) override;

  private:
    std::vector<Day> days_;
};

}  // namespace wq::ui
