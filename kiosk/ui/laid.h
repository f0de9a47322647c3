// Layout in two questions and one answer: how wide would you be, how high at this width, here is your
// place. wx's sizers ask for the height before the width is known, which wrapped text can't answer.
// Stack is the one layout: children one below the other or side by side.
#pragma once

#include "kiosk/ui/theme.h"

#include <wx/panel.h>

#include <functional>
#include <vector>

namespace wq::ui {

// Sizes in pixels of what is seen, without the overhang.
class Laid {
  public:
    virtual ~Laid() = default;
    virtual int natural_width() const = 0;
    virtual int height_for(int width) const = 0;

    // How far the window reaches beyond what is seen, for the focus ring.
    virtual int overhang() const { return 0; }
};

// For any window; one that is not Laid answers with its best size.
int natural_width(const wxWindow& window);
int height_for(const wxWindow& window, int width);
void place(wxWindow& window, const wxRect& seen);

// The colour that the panels around `window` have behind it, as the theme is now.
wxColour ground_under(const wxWindow& window);

// Call when the height of `changed` may have changed; lays out again the screen (or scroll area) it is in.
void lay_out_again(wxWindow& changed);

// A window that lays out its children itself, and paints its ground without flicker.
class Panel : public wxPanel, public Laid {
  public:
    Panel(wxWindow* parent, Colour ground);

    void arrange();  // now, and whenever the size changes
    Colour ground() const { return ground_; }
    void set_ground(Colour ground);

    int natural_width() const override { return 0; }
    int height_for(int) const override { return 0; }

    // A touch beside the controls must not put the focus into the first of them.
    bool AcceptsFocus() const override { return false; }

  protected:
    virtual void do_arrange(wxSize) {}
    virtual void paint();

  private:
    Colour ground_;
    bool arranging_ = false;
};

enum class Axis { down, across };

// How much room a child gets along the axis of its stack.
struct Room {
    double share = 0;     // of what is left over; 0 is its natural size
    int fixed = 0;        // pixels; comes before the natural size
    bool middle = false;  // across the axis: natural size in the middle, instead of all there is
};

// Hidden children take no room.
class Stack : public Panel {
  public:
    Stack(wxWindow* parent, Axis axis, int gap, Colour ground);

    // The stack's window owns the child, as wx has it. Gives the child back.
    template <class Child>
    Child* add(Child* child, Room room = {}) {
        items_.push_back({child, room, 0});
        return child;
    }
    void add_space(int pixels) { items_.push_back({nullptr, {0, pixels, false}, pixels}); }
    void add_stretch(double share = 1) { items_.push_back({nullptr, {share, 0, false}, 0}); }

    void set_padding(int left, int top, int right, int bottom);
    void set_padding(int all) { set_padding(all, all, all, all); }
    void set_gap(int gap) { gap_ = gap; }

    // Takes the children away; they are destroyed when the event at hand is done, which may be their own.
    void clear();

    int natural_width() const override;
    int height_for(int width) const override;

  protected:
    void do_arrange(wxSize size) override;

  private:
    struct Item {
        wxWindow* window;  // null for empty room
        Room room;
        int space;
    };
    std::vector<const Item*> shown() const;
    std::vector<int> widths(int width) const;  // of an across stack
    void arrange_down(wxSize size);
    void arrange_across(wxSize size);

    Axis axis_;
    int gap_;
    wxRect padding_{0, 0, 0, 0};  // left, top, right, bottom
    std::vector<Item> items_;
};

inline Stack* column(wxWindow* parent, int gap, Colour ground) {
    return new Stack(parent, Axis::down, gap, ground);
}
inline Stack* row(wxWindow* parent, int gap, Colour ground) {
    return new Stack(parent, Axis::across, gap, ground);
}

}  // namespace wq::ui
