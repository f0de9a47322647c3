#include "kiosk/ui/card.h"

namespace wq::ui {
namespace {
int icon_size() { return density() == Density::touch ? px(120) : px(48); }
}  // namespace

Card::Card(wxWindow* parent, int gap) : Stack(parent, Axis::down, gap, Colour::surface) {
    set_padding(metric(Metric::card_padding));
}

void Card::paint() {
    Painter painter(*this, ground_under(*this));
    painter.rounded(GetClientSize(),
                    {Colour::surface, Colour::line, metric(Metric::border), metric(Metric::card_radius)});
}

ActionCard::ActionCard(wxWindow* parent, std::string_view name, CardText content, std::function<void()> press)
    : Control(parent, name, true), content_(std::move(content)), press_(std::move(press)) {}

int ActionCard::text_left() const {
    const int padding = metric(Metric::card_padding);
    return content_.icon == Icon::none ? padding : padding * 3 / 2 + icon_size() + padding;
}

int ActionCard::text_height(int width) const {
    const int room = width - text_left() - metric(Metric::card_padding);
    return line_height(content_.title_type) + paragraph_height(content_.text_type, content_.text, room);
}

int ActionCard::natural_width() const {
    return text_left() + text_width(content_.title_type, content_.title) + metric(Metric::card_padding);
}

int ActionCard::height_for(int width) const {
    const int text = text_height(width), padding = metric(Metric::card_padding);
    if (content_.icon == Icon::none) return text + 2 * padding;
    return std::max(text, icon_size()) + 3 * padding;
}

void ActionCard::draw(Painter& painter, const wxRect& seen) {
    painter.rounded(
        seen, {is_down() ? Colour::pressed : Colour::surface, is_down() ? Colour::brand_ink : Colour::line,
               metric(Metric::border), metric(Metric::card_radius)});
    const int left = text_left();
    const wxRect text(seen.x + left, seen.y + (seen.height - text_height(seen.width)) / 2,
                      seen.width - left - metric(Metric::card_padding), seen.height);
    if (content_.icon != Icon::none) {
        const int size = icon_size();
        const wxRect tile(seen.x + metric(Metric::card_padding) * 3 / 2, seen.y + (seen.height - size) / 2,
                          size, size);
        painter.rounded(tile, {Colour::brand, Colour::brand, 0, metric(Metric::card_radius) * 7 / 6});
        painter.icon(content_.icon, wxRect(tile).Deflate(size / 9), Colour::on_brand);
    }
    const int title = line_height(content_.title_type);
    painter.text(content_.title, {text.x, text.y, text.width, title}, content_.title_type, Colour::ink);
    painter.paragraph(content_.text, {text.x, text.y + title, text.width, text.height}, content_.text_type,
                      Colour::muted);
}

void ActionCard::pressed(wxPoint) {
    const auto press = press_;
    if (press) press();
}

}  // namespace wq::ui
