#include "kiosk/ui/control.h"

#include "kiosk/ui/text.h"

namespace wq::ui {
namespace {
bool keyboard_used = false;
}

bool keyboard_in_use() { return keyboard_used; }
void set_keyboard_in_use(bool on) { keyboard_used = on; }

Control::Control(wxWindow* parent, std::string_view name, bool interactive) : interactive_(interactive) {
    SetBackgroundStyle(wxBG_STYLE_PAINT);
    Create(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize,
           wxBORDER_NONE | (interactive ? wxWANTS_CHARS : 0));
    SetName(to_wx(name));
    Bind(wxEVT_PAINT, [this](wxPaintEvent&) { on_paint(); });
    if (!interactive) return;
    Bind(wxEVT_LEFT_DOWN, &Control::on_down, this);
    Bind(wxEVT_LEFT_DCLICK, &Control::on_down, this);  // a quick second touch is a touch
    Bind(wxEVT_MOTION, &Control::on_move, this);
    Bind(wxEVT_LEFT_UP, &Control::on_up, this);
    Bind(wxEVT_MOUSE_CAPTURE_LOST, [this](wxMouseCaptureLostEvent&) { cancel_touch(); });
    Bind(wxEVT_KEY_DOWN, &Control::on_key, this);
    Bind(wxEVT_SET_FOCUS, [this](wxFocusEvent& event) {
        Refresh();
        event.Skip();
    });
    Bind(wxEVT_KILL_FOCUS, [this](wxFocusEvent& event) {
        Refresh();
        event.Skip();
    });
}

wxRect Control::seen() const { return wxRect(GetClientSize()).Deflate(overhang()); }

void Control::cancel_touch() {
    if (HasCapture()) ReleaseMouse();
    touched_ = down_ = false;
    Refresh();
}

void Control::on_paint() {
    Painter painter(*this, ground_under(*this));
    const wxRect inside = seen();
    draw(painter, inside);
    if (shows_focus()) draw_ring(painter, inside);
}

// Set off from the control by half its room, so that it shows around a filled button too.
void Control::draw_ring(Painter& painter, wxRect inside) {
    const int off = overhang() / 2;
    const bool on_dark = ground_under(*this).GetLuminance() < 0.5;
    painter.ring(inside.Inflate(off), ring_radius() + off, on_dark ? Colour::on_brand : Colour::ring,
                 overhang() - off);
}

void Control::on_down(wxMouseEvent& event) {
    if (!IsEnabled()) return;
    touched_ = down_ = true;
    if (!HasCapture()) CaptureMouse();
    touch_began(event.GetPosition());
    Refresh();
}

void Control::on_move(wxMouseEvent& event) {
    if (!touched_) return;
    const bool inside = wxRect(GetClientSize()).Contains(event.GetPosition());
    if (inside != down_) Refresh();
    down_ = inside;
    touch_moved(event.GetPosition());
}

void Control::on_up(wxMouseEvent& event) {
    const bool counts = touched_ && wxRect(GetClientSize()).Contains(event.GetPosition());
    cancel_touch();
    if (!counts) return;
    // Only now: taking the focus at the start would hide the keyboard and move what is under the finger.
    if (AcceptsFocus() && !HasFocus()) SetFocus();
    pressed(event.GetPosition());  // may destroy this
}

void Control::on_key(wxKeyEvent& event) {
    const int code = event.GetKeyCode();
    if (code == WXK_TAB) {
        Navigate(event.ShiftDown() ? wxNavigationKeyEvent::IsBackward : wxNavigationKeyEvent::IsForward);
    } else if (key(event)) {
        Refresh();
    } else if (code == WXK_RETURN || code == WXK_NUMPAD_ENTER || code == WXK_SPACE) {
        const wxRect inside = seen();
        pressed({inside.x + inside.width / 2, inside.y + inside.height / 2});
    } else {
        event.Skip();
    }
}

}  // namespace wq::ui
