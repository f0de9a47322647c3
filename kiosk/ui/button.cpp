#include "kiosk/ui/button.h"

namespace wq::ui {

Button::Button(wxWindow* parent, std::string_view name, std::string label, ButtonKind kind,
               std::function<void()> press, ButtonSize size)
    : Control(parent, name, true),
      label_(std::move(label)),
      kind_(kind),
      size_(size),
      press_(std::move(press)) {}

void Button::set_label(std::string label) {
    label_ = std::move(label);
    Refresh();
}

void Button::set_icon(Icon icon) {
    icon_ = icon;
    Refresh();
}

void Button::set_usable(bool usable) {
    if (IsEnabled() == usable) return;
    Enable(usable);
    Refresh();
}

int Button::natural_width() const {
    const int icon = icon_ == Icon::none ? 0 : font_px(type()) * 3 / 2;
    const int padding = kind_ == ButtonKind::pill ? font_px(type()) : font_px(type()) * 5 / 4;
    return text_width(type(), label_) + icon + 2 * padding;
}

int Button::height_for(int) const {
    if (kind_ == ButtonKind::pill) return density() == Density::touch ? px(80) : px(34);
    return metric(size_ == ButtonSize::big ? Metric::button_big : Metric::button);
}

int Button::ring_radius() const {
    return kind_ == ButtonKind::pill ? seen().height / 2 : metric(Metric::radius);
}

Button::Look Button::look() const {
    const int border = metric(Metric::border_strong), radius = ring_radius();
    if (!IsEnabled()) return {{Colour::idle, Colour::line, metric(Metric::border), radius}, Colour::faint};
    const Colour surface = is_down() ? Colour::pressed : Colour::surface;
    switch (kind_) {
        case ButtonKind::primary:
            return {{is_down() ? Colour::brand_pressed : Colour::brand, Colour::brand, 0, radius},
                    Colour::on_brand};
        case ButtonKind::success:
            return {{is_down() ? Colour::success_pressed : Colour::success, Colour::success, 0, radius},
                    Colour::on_brand};
        case ButtonKind::secondary:
            return {{surface, Colour::brand_ink, border, radius}, Colour::brand_ink};
        case ButtonKind::quiet:
            return {{surface, Colour::line, border, radius}, Colour::muted};
        case ButtonKind::warning:
            return {{surface, Colour::warning, border, radius}, Colour::warning};
        case ButtonKind::danger:
            return {{surface, Colour::danger, border, radius}, Colour::danger};
        case ButtonKind::pill:
            return {{is_down() ? Colour::brand_pressed : Colour::brand, Colour::on_brand_line,
                     metric(Metric::border), radius},
                    Colour::on_brand};
    }
    return {};
}

void Button::draw(Painter& painter, const wxRect& seen) {
    const auto [shape, text] = look();
    painter.rounded(seen, shape);
    wxRect inner = seen;
    inner.Deflate(font_px(type()) / 3, 0);
    if (icon_ == Icon::none) return painter.text(label_, inner, type(), text, Align::centre);
    const int size = font_px(type()), gap = size / 2;
    const int x = seen.x + (seen.width - text_width(type(), label_) - size - gap) / 2;
    painter.icon(icon_, {x, seen.y + (seen.height - size) / 2, size, size}, text);
    painter.text(label_, {x + size + gap, seen.y, seen.GetRight() - x - size - gap, seen.height}, type(),
                 text);
}

void Button::pressed(wxPoint) {
    const auto press = press_;  // outlives this button, should it be destroyed
    if (press) press();
}

}  // namespace wq::ui
