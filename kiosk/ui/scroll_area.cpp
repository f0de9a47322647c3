#include "kiosk/ui/scroll_area.h"

#include "kiosk/ui/control.h"
#include "kiosk/ui/text.h"
#include "kiosk/ui/words.h"

#include <wx/textctrl.h>

namespace wq::ui {
namespace {

class PageButton : public Control {
  public:
    PageButton(wxWindow* parent, const char* name, Icon icon, const std::string& label,
               std::function<void()> press)
        : Control(parent, name, true), icon_(icon), label_(label), press_(std::move(press)) {}
    bool AcceptsFocus() const override { return false; }  // Page Up and Page Down do the same
    int natural_width() const override { return px(92); }
    int height_for(int) const override { return px(120); }
    Description description() const override { return {"button", label_}; }

  protected:
    void draw(Painter& painter, const wxRect& seen) override {
        painter.rounded(seen, {is_down() ? Colour::pressed : Colour::surface, Colour::line,
                               metric(Metric::border), metric(Metric::radius)});
        const Colour colour = IsEnabled() ? Colour::brand_ink : Colour::line;
        painter.icon(icon_, wxRect(seen).Deflate(seen.width / 4), colour);
    }
    void pressed(wxPoint) override { press_(); }

  private:
    Icon icon_;
    std::string label_;
    std::function<void()> press_;
};

class Rail : public Panel {
  public:
    Rail(wxWindow* parent, Colour ground, std::function<void(int)> page) : Panel(parent, ground) {
        up_ = new PageButton(this, "scroll.up", Icon::up, words().page_up, [page] { page(-1); });
        down_ = new PageButton(this, "scroll.down", Icon::down, words().page_down, [page] { page(1); });
    }
    static int width() { return px(124); }
    void set_ends(bool top, bool bottom) {
        for (auto [button, end] : {std::pair{up_, top}, std::pair{down_, bottom}}) {
            if (button->IsEnabled() != end) continue;
            button->Enable(!end);
            button->Refresh();
        }
    }

  protected:
    void do_arrange(wxSize size) override {
        const int high = up_->height_for(0), wide = up_->natural_width(), gap = px(16);
        const int x = size.x - wide - px(12);
        place(*down_, {x, size.y - high - px(20), wide, high});
        place(*up_, {x, size.y - 2 * high - gap - px(20), wide, high});
    }

  private:
    PageButton* up_;
    PageButton* down_;
};

}  // namespace

ScrollArea::ScrollArea(wxWindow* parent, Colour ground, int gap)
    : Panel(parent, ground), content_(column(this, gap, ground)) {
    rail_ = new Rail(this, ground, [this](int direction) { page(direction); });
    rail_->Hide();
    wxEvtHandler::AddFilter(this);
    Bind(wxEVT_CHILD_FOCUS, [this](wxChildFocusEvent& event) {
        if (auto* window = event.GetWindow(); window && keyboard_in_use()) show(*window);
        event.Skip();
    });
}

ScrollArea::~ScrollArea() { wxEvtHandler::RemoveFilter(this); }

int ScrollArea::farthest() const { return std::max(0, content_->GetSize().y - GetClientSize().y); }

void ScrollArea::do_arrange(wxSize size) {
    int width = size.x;
    int height = content_->height_for(width);
    const bool rail = density() == Density::touch && height > size.y;
    if (rail) {
        width -= Rail::width() - metric(Metric::margin);
        height = content_->height_for(width);
    }
    rail_->Show(rail);
    // The rail lies over the content's empty margin.
    if (rail) rail_->SetSize(size.x - Rail::width() + px(12), 0, Rail::width() - px(12), size.y);
    offset_ = std::clamp(offset_, 0, std::max(0, height - size.y));
    const wxRect place(0, -offset_, width, std::max(height, size.y));
    if (content_->GetRect() != place) content_->SetSize(place);
    content_->arrange();
    static_cast<Rail*>(rail_)->set_ends(offset_ == 0, offset_ >= height - size.y);
}

void ScrollArea::scroll_to(int offset) {
    offset_ = std::clamp(offset, 0, farthest());
    content_->Move(0, -offset_);
    static_cast<Rail*>(rail_)->set_ends(offset_ == 0, offset_ >= farthest());
}

void ScrollArea::page(int direction) { scroll_to(offset_ + direction * GetClientSize().y * 4 / 5); }

void ScrollArea::show(const wxWindow& child) {
    const wxWindow* whole = &child;
    // A field's label and error are to be seen with its entry.
    if (dynamic_cast<const wxTextCtrl*>(whole)) whole = whole->GetParent();
    const int top = ScreenToClient(whole->ClientToScreen(wxPoint(0, 0))).y;
    const int bottom = top + whole->GetSize().y, view = GetClientSize().y, air = metric(Metric::gap);
    if (top < air)
        scroll_to(offset_ + top - air);
    else if (bottom > view - air)
        scroll_to(offset_ + std::min(top - air, bottom - view + air));
}

bool ScrollArea::is_mine(wxWindow* window) const {
    if (dynamic_cast<wxTextCtrl*>(window)) return false;  // there a drag selects
    for (; window; window = window->GetParent())
        if (window == content_) return true;
    return false;
}

int ScrollArea::FilterEvent(wxEvent& event) {
    const wxEventType type = event.GetEventType();
    const bool mouse = type == wxEVT_LEFT_DOWN || type == wxEVT_LEFT_DCLICK || type == wxEVT_LEFT_UP ||
                       type == wxEVT_MOTION || type == wxEVT_MOUSEWHEEL;
    if (!mouse || !IsShownOnScreen() || farthest() == 0) return Event_Skip;
    if (!is_mine(dynamic_cast<wxWindow*>(event.GetEventObject()))) return Event_Skip;
    return follow_finger(static_cast<const wxMouseEvent&>(event));
}

int ScrollArea::follow_finger(const wxMouseEvent& event) {
    // Of the pointer, not of the event: the window that got it has moved since.
    const int y = wxGetMousePosition().y;
    if (event.GetEventType() == wxEVT_MOUSEWHEEL) {
        scroll_to(offset_ - event.GetWheelRotation() * px(90) / event.GetWheelDelta());
        return Event_Processed;
    }
    if (event.LeftDown() || event.LeftDClick()) {
        touching_ = true;
        dragging_ = false;
        finger_ = y;
        started_ = offset_;
        return Event_Skip;
    }
    if (event.LeftUp()) {
        touching_ = false;
        return std::exchange(dragging_, false) ? Event_Processed : Event_Skip;
    }
    if (!touching_ || !event.LeftIsDown()) return Event_Skip;
    if (!dragging_ && std::abs(y - finger_) > metric(Metric::slop)) {
        dragging_ = true;
        if (auto* control = dynamic_cast<Control*>(wxWindow::GetCapture())) control->cancel_touch();
    }
    if (dragging_) scroll_to(started_ + finger_ - y);
    return dragging_ ? Event_Processed : Event_Skip;
}

}  // namespace wq::ui
