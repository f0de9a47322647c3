// The desk's list of rooms at the left, with counts. Arrow keys and digits move through it.
// Shows and tells; what a room is, the desk's screen knows.
#pragma once

#include "kiosk/ui/control.h"

#include <functional>
#include <string>
#include <vector>

namespace wq::ui {

struct SidebarItem {
    std::string name;
    std::string label;
    std::string count = {};  // after the label: "23", "3 待上报"
};

class Sidebar : public Control {
  public:
    Sidebar(wxWindow* parent, std::string_view name, std::string title, std::vector<SidebarItem> items,
            std::function<void(const std::string& item)> choose);

    void select(std::string_view item);  // without calling choose
    void set_count(std::string_view item, std::string count);

    int overhang() const override { return 0; }
    int natural_width() const override { return px(210); }
    int height_for(int width) const override;
    Description description() const override;

  protected:
    void draw(Painter& painter, const wxRect& seen) override;
    void pressed(wxPoint at) override;
    bool key(const wxKeyEvent& event) override;

  private:
    wxRect item_rect(std::size_t item) const;
    void choose(std::size_t item);

    std::string title_;
    std::vector<SidebarItem> items_;
    std::size_t selected_ = 0;
    std::function<void(const std::string&)> choose_;
};

}  // namespace wq::ui
