// How far something long has come: a bar and a line of words. Where nobody knows how long it will be, the
// words alone move.
#pragma once

#include "kiosk/ui/control.h"

#include <optional>
#include <string>

namespace wq::ui {

class ProgressBar : public Control {
  public:
    ProgressBar(wxWindow* parent, std::string_view name) : Control(parent, name, false) {}

    // `share` 0 to 1.
    void set(std::optional<double> share, std::string words);

    int natural_width() const override { return px(240); }
    int height_for(int width) const override;
    Description description() const override { return {"progress", words_}; }

  protected:
    void draw(Painter& painter, const wxRect& seen) override;

  private:
    std::optional<double> share_;
    std::string words_;
};

}  // namespace wq::ui
