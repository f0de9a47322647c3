// What every control that draws itself has in common: painting, a touch that counts when it begins and
// ends inside, Enter and Space, a focus ring when the keyboard is in use, and a stable name for the
// probe. Not for containers (laid.h) or text entry (field.h).
#pragma once

#include "kiosk/ui/draw.h"
#include "kiosk/ui/laid.h"
#include "kiosk/ui/probe.h"

#include <wx/control.h>

#include <string>

namespace wq::ui {

// True after a key was used last, false after a touch: the ring is for those who need it.
bool keyboard_in_use();
void set_keyboard_in_use(bool on);

class Control : public wxControl, public Laid, public Described {
  public:
    // `name` like "login.enter", the same in every language; empty for what can't be operated.
    Control(wxWindow* parent, std::string_view name, bool interactive);

    bool AcceptsFocus() const override { return interactive_ && IsEnabled(); }
    bool AcceptsFocusFromKeyboard() const override { return AcceptsFocus(); }
    int overhang() const override { return interactive_ ? metric(Metric::ring) : 0; }

    // A drag began: what was touched is let go without effect.
    void cancel_touch();

  protected:
    // Draws inside `seen`, the window without its overhang.
    virtual void draw(Painter& painter, const wxRect& seen) = 0;

    // A touch that began and ended inside, or Enter or Space; `at` in pixels of the window.
    virtual void pressed(wxPoint at) { (void)at; }
    virtual void touch_began(wxPoint at) { (void)at; }
    virtual void touch_moved(wxPoint at) { (void)at; }

    // Keys other than Enter, Space and Tab; true when used.
    virtual bool key(const wxKeyEvent& event) {
        (void)event;
        return false;
    }

    virtual int ring_radius() const { return metric(Metric::radius); }

    bool is_down() const { return down_; }
    bool shows_focus() const { return interactive_ && HasFocus() && keyboard_in_use(); }
    wxRect seen() const;

  private:
    void on_paint();
    void draw_ring(Painter& painter, wxRect inside);
    void on_down(wxMouseEvent& event);
    void on_move(wxMouseEvent& event);
    void on_up(wxMouseEvent& event);
    void on_key(wxKeyEvent& event);

    bool interactive_;
    bool down_ = false;     // drawn as pressed
    bool touched_ = false;  // a touch that began here is under way
};

}  // namespace wq::ui
