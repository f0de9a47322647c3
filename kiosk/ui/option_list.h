// A long list of big rows to choose from: only what is in view is drawn, so its length costs nothing.
// Follows a finger, the wheel and the arrow keys. Holds its rows; knows nothing of levels or search.
#pragma once

#include "kiosk/ui/control.h"

#include <functional>
#include <string>
#include <vector>

namespace wq::ui {

struct Option {
    std::string code;
    std::string label;
    std::string detail = {};  // small, below the label
    std::string badge = {};   // red, after the label: 预警单位
    std::string keys = {};    // what a search also finds, lower case: initials in pinyin
    bool opens = false;       // leads to a lower level
};

class OptionList : public Control {
  public:
    OptionList(wxWindow* parent, std::string_view name, std::function<void(const Option&)> choose);

    void set_options(std::vector<Option> options, std::string_view chosen_code = {});
    void page(int direction);
    void set_empty_text(std::string text) { empty_ = std::move(text); }

    int overhang() const override { return 0; }
    int natural_width() const override { return 0; }
    int height_for(int width) const override;  // of all rows
    Description description() const override;

  protected:
    void draw(Painter& painter, const wxRect& seen) override;
    void pressed(wxPoint at) override;
    void touch_began(wxPoint at) override;
    void touch_moved(wxPoint at) override;
    bool key(const wxKeyEvent& event) override;
    int ring_radius() const override { return metric(Metric::card_radius); }

  private:
    int detail_room(int width) const;
    std::vector<std::string> detail_lines(const Option& option, int width) const;  // at most two
    int row_height_at(int width) const;
    int row_height() const { return row_height_; }
    void measure() { row_height_ = std::max(1, row_height_at(GetClientSize().x)); }
    int farthest() const;
    int row_at(int y) const;  // -1 for none
    wxRect row_rect(int row) const;
    void scroll_to(int offset);
    void move_to(int row);
    void draw_row(Painter& painter, int row);

    std::vector<Option> options_;
    std::string chosen_, empty_;
    std::function<void(const Option&)> choose_;
    int row_height_ = 1, offset_ = 0, current_ = 0;
    int finger_ = 0, started_ = 0;
    bool dragging_ = false;
};

}  // namespace wq::ui
