// Several of a few: small labels in lines, each on or off. For pointing at fields, for filters. Not for one
// of a few: that is RadioCards.
#pragma once

#include "kiosk/ui/control.h"

#include <functional>
#include <string>
#include <vector>

namespace wq::ui {

class Chips : public Control {
  public:
    struct Chip {
        std::string code, label;
        bool on = false;
    };
    Chips(wxWindow* parent, std::string_view name, std::vector<Chip> chips);

    std::vector<std::string> chosen() const;  // codes
    void on_change(std::function<void()> changed) { changed_ = std::move(changed); }

    int natural_width() const override { return 0; }
    int height_for(int width) const override;
    Description description() const override;

  protected:
    void draw(Painter& painter, const wxRect& seen) override;
    void pressed(wxPoint at) override;
    bool key(const wxKeyEvent& event) override;

  private:
    std::vector<wxRect> places(const wxRect& seen) const;
    void toggle(std::size_t chip);

    std::vector<Chip> chips_;
    std::size_t current_ = 0;  // that the keyboard is on
    std::function<void()> changed_;
};

}  // namespace wq::ui
