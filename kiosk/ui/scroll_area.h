// More content than window: it follows a finger or the wheel, and where it does not fit shows two big
// buttons at its right, so that no drag is ever needed. Keeps the focused control in view.
#pragma once

#include "kiosk/ui/laid.h"

#include <wx/eventfilter.h>

namespace wq::ui {

class ScrollArea : public Panel, private wxEventFilter {
  public:
    // `content` pads itself; give it the ground of the screen.
    ScrollArea(wxWindow* parent, Colour ground, int gap);
    ~ScrollArea() override;

    Stack* content() { return content_; }
    int offset() const { return offset_; }
    void scroll_to(int offset);
    void show(const wxWindow& child);  // brings it into view
    int natural_width() const override { return content_->natural_width(); }
    int height_for(int width) const override { return content_->height_for(width); }

  protected:
    void do_arrange(wxSize size) override;

  private:
    int FilterEvent(wxEvent& event) override;
    int follow_finger(const wxMouseEvent& event);
    bool is_mine(wxWindow* window) const;
    void page(int direction);
    int farthest() const;

    Stack* content_;
    Panel* rail_;
    int offset_ = 0;
    bool touching_ = false;
    bool dragging_ = false;
    int finger_ = 0;   // where the touch began, pixels of the screen
    int started_ = 0;  // offset at that moment
};

}  // namespace wq::ui
