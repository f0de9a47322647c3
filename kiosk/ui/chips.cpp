#include "kiosk/ui/chips.h"

namespace wq::ui {
namespace {

int chip_height() { return line_height(Type::note) + px(14); }
int gap() { return px(8); }

}  // namespace

Chips::Chips(wxWindow* parent, std::string_view name, std::vector<Chip> chips)
    : Control(parent, name, true), chips_(std::move(chips)) {}

std::vector<std::string> Chips::chosen() const {
    std::vector<std::string> codes;
    for (const Chip& chip : chips_)
        if (chip.on) codes.push_back(chip.code);
    return codes;
}

std::vector<wxRect> Chips::places(const wxRect& seen) const {
    std::vector<wxRect> places;
    int x = seen.x, y = seen.y;
    for (const Chip& chip : chips_) {
        const int width = text_width(Type::note, chip.label) + px(28);
        if (x > seen.x && x + width > seen.x + seen.width) {
            x = seen.x;
            y += chip_height() + gap();
        }
        places.push_back({x, y, width, chip_height()});
        x += width + gap();
    }
    return places;
}

int Chips::height_for(int width) const {
    const auto all = places({0, 0, width, 0});
    return all.empty() ? 0 : all.back().y + chip_height();
}

Description Chips::description() const {
    Description says{"chips", "", ""};
    const auto all = places(seen());
    for (std::size_t i = 0; i < chips_.size(); ++i)
        says.parts.push_back({std::string(GetName().utf8_str()) + "." + chips_[i].code, "chip",
                              chips_[i].label, chips_[i].on ? "on" : "", all[i]});
    return says;
}

void Chips::draw(Painter& painter, const wxRect& seen) {
    const auto all = places(seen);
    for (std::size_t i = 0; i < chips_.size(); ++i) {
        const bool on = chips_[i].on;
        painter.rounded(all[i], {on ? Colour::brand : Colour::surface, on ? Colour::brand : Colour::line,
                                 metric(Metric::border_strong), chip_height() / 2});
        painter.text(chips_[i].label, all[i], Type::note, on ? Colour::on_brand : Colour::ink, Align::centre);
        if (shows_focus() && i == current_)
            painter.ring(all[i], chip_height() / 2, Colour::ring, metric(Metric::ring) / 2);
    }
}

void Chips::toggle(std::size_t chip) {
    if (chip >= chips_.size()) return;
    chips_[chip].on = !chips_[chip].on;
    Refresh();
    if (changed_) changed_();
}

void Chips::pressed(wxPoint at) {
    if (keyboard_in_use()) return toggle(current_);
    const auto all = places(seen());
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].Contains(at)) return toggle(i);
}

bool Chips::key(const wxKeyEvent& event) {
    const int code = event.GetKeyCode();
    if (code == WXK_RIGHT && current_ + 1 < chips_.size())
        ++current_;
    else if (code == WXK_LEFT && current_ > 0)
        --current_;
    else
        return false;
    Refresh();
    return true;
}

}  // namespace wq::ui
