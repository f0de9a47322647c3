#include "kiosk/ui/laid.h"

#include "kiosk/ui/draw.h"
#include "kiosk/ui/screen.h"
#include "kiosk/ui/scroll_area.h"

#include <wx/app.h>
#include <wx/toplevel.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace wq::ui {

int natural_width(const wxWindow& window) {
    const auto* laid = dynamic_cast<const Laid*>(&window);
    return laid ? laid->natural_width() : window.GetBestSize().x;
}

int height_for(const wxWindow& window, int width) {
    const auto* laid = dynamic_cast<const Laid*>(&window);
    return laid ? laid->height_for(width) : window.GetBestSize().y;
}

void place(wxWindow& window, const wxRect& seen) {
    wxRect whole = seen;
    if (const auto* laid = dynamic_cast<const Laid*>(&window)) whole.Inflate(laid->overhang());
    whole.SetSize({std::max(0, whole.width), std::max(0, whole.height)});
    if (window.GetRect() != whole)
        window.SetSize(whole);
    else if (auto* panel = dynamic_cast<Panel*>(&window))
        panel->arrange();
}

wxColour ground_under(const wxWindow& window) {
    for (const wxWindow* up = window.GetParent(); up; up = up->GetParent())
        if (const auto* panel = dynamic_cast<const Panel*>(up)) return colour(panel->ground());
    return colour(Colour::paper);
}

void lay_out_again(wxWindow& changed) {
    Panel* outermost = nullptr;
    for (wxWindow* window = &changed; window; window = window->GetParent()) {
        if (auto* panel = dynamic_cast<Panel*>(window)) outermost = panel;
        if (dynamic_cast<Screen*>(window) || dynamic_cast<ScrollArea*>(window)) break;
    }
    if (outermost) outermost->arrange();
    changed.Refresh();
}

Panel::Panel(wxWindow* parent, Colour ground) : ground_(ground) {
    SetBackgroundStyle(wxBG_STYLE_PAINT);
    Create(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxBORDER_NONE | wxTAB_TRAVERSAL);
    SetBackgroundColour(colour(ground));
    Bind(wxEVT_SIZE, [this](wxSizeEvent&) { arrange(); });
    Bind(wxEVT_PAINT, [this](wxPaintEvent&) { paint(); });
}

void Panel::arrange() {
    if (arranging_) return;
    arranging_ = true;
    do_arrange(GetClientSize());
    arranging_ = false;
    Refresh();
}

void Panel::set_ground(Colour ground) {
    ground_ = ground;
    SetBackgroundColour(colour(ground));
    Refresh();
}

void Panel::paint() { Painter painter(*this, colour(ground_)); }

Stack::Stack(wxWindow* parent, Axis axis, int gap, Colour ground)
    : Panel(parent, ground), axis_(axis), gap_(gap) {}

void Stack::set_padding(int left, int top, int right, int bottom) { padding_ = {left, top, right, bottom}; }

void Stack::clear() {
    items_.clear();
    const wxWindowList children = GetChildren();  // a copy: the list changes
    for (wxWindow* child : children) {
        child->Hide();
        child->Reparent(wxGetTopLevelParent(this));
        wxTheApp->ScheduleForDestruction(child);
    }
}

std::vector<const Stack::Item*> Stack::shown() const {
    std::vector<const Item*> items;
    for (const Item& item : items_)
        if (!item.window || item.window->IsShown()) items.push_back(&item);
    return items;
}

int Stack::natural_width() const {
    int sum = 0, widest = 0, count = 0;
    for (const Item* item : shown()) {
        const int width = !item->window ? (axis_ == Axis::across ? item->space : 0)
                          : item->room.fixed && axis_ == Axis::across ? item->room.fixed
                                                                      : ui::natural_width(*item->window);
        sum += width;
        count += 1;
        widest = std::max(widest, width);
    }
    const int inner = axis_ == Axis::down ? widest : sum + gap_ * std::max(0, count - 1);
    return padding_.x + inner + padding_.width;
}

std::vector<int> Stack::widths(int width) const {
    const auto items = shown();
    std::vector<int> result;
    double shares = 0;
    int rest = width - padding_.x - padding_.width - gap_ * std::max(0, static_cast<int>(items.size()) - 1);
    for (const Item* item : items) {
        int own = item->room.fixed;
        if (!own && item->room.share == 0)
            own = item->window ? ui::natural_width(*item->window) : item->space;
        if (item->room.share > 0) own = 0;
        result.push_back(own);
        rest -= own;
        shares += item->room.share;
    }
    // Shares are cut from what is left, so that the last one ends exactly at the edge.
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i]->room.share == 0) continue;
        result[i] = static_cast<int>(std::lround(std::max(0, rest) * items[i]->room.share / shares));
        rest -= result[i];
        shares -= items[i]->room.share;
    }
    return result;
}

int Stack::height_for(int width) const {
    const auto items = shown();
    int sum = 0, highest = 0;
    const std::vector<int> across = axis_ == Axis::across ? widths(width) : std::vector<int>();
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Item& item = *items[i];
        const int room = axis_ == Axis::across ? across[i] : width - padding_.x - padding_.width;
        const int fixed = axis_ == Axis::down ? item.room.fixed : 0;
        const int height = fixed ? fixed : item.window ? ui::height_for(*item.window, room) : item.space;
        sum += height;
        if (item.window) highest = std::max(highest, height);
    }
    const int gaps = gap_ * std::max(0, static_cast<int>(items.size()) - 1);
    return padding_.y + (axis_ == Axis::down ? sum + gaps : highest) + padding_.height;
}

void Stack::do_arrange(wxSize size) {
    if (axis_ == Axis::down)
        arrange_down(size);
    else
        arrange_across(size);
}

void Stack::arrange_down(wxSize size) {
    const int width = size.x - padding_.x - padding_.width;
    int rest = size.y - height_for(size.x);
    double shares = 0;
    for (const Item* item : shown()) shares += item->room.share;
    int y = padding_.y;
    for (const Item* item : shown()) {
        int height = item->room.fixed ? item->room.fixed
                     : item->window   ? ui::height_for(*item->window, width)
                                      : item->space;
        if (item->room.share > 0) {  // what has a share also gives way where there is too little room
            const int extra =
                std::max(-height, static_cast<int>(std::lround(rest * item->room.share / shares)));
            height += extra;
            rest -= extra;
            shares -= item->room.share;
        }
        if (item->window) {
            const int own = item->room.middle ? std::min(width, ui::natural_width(*item->window)) : width;
            place(*item->window, {padding_.x + (width - own) / 2, y, own, height});
        }
        y += height + gap_;
    }
}

void Stack::arrange_across(wxSize size) {
    const auto items = shown();
    const std::vector<int> across = widths(size.x);
    const int height = size.y - padding_.y - padding_.height;
    int x = padding_.x;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i]->window) {
            const int own = items[i]->room.middle ? ui::height_for(*items[i]->window, across[i]) : height;
            place(*items[i]->window, {x, padding_.y + (height - own) / 2, across[i], own});
        }
        x += across[i] + gap_;
    }
}

}  // namespace wq::ui
