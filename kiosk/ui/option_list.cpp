#include "kiosk/ui/option_list.h"

namespace wq::ui {

OptionList::OptionList(wxWindow* parent, std::string_view name, std::function<void(const Option&)> choose)
    : Control(parent, name, true), choose_(std::move(choose)) {
    Bind(wxEVT_MOUSEWHEEL, [this](wxMouseEvent& event) {
        if (farthest() == 0) return event.Skip();
        scroll_to(offset_ - event.GetWheelRotation() * row_height() / event.GetWheelDelta());
    });
    Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
        measure();
        scroll_to(offset_);
        if (!chosen_.empty()) move_to(current_);
        event.Skip();
    });
}

void OptionList::set_options(std::vector<Option> options, std::string_view chosen_code) {
    options_ = std::move(options);
    chosen_ = chosen_code;
    offset_ = current_ = 0;
    for (std::size_t i = 0; i < options_.size(); ++i)
        if (!chosen_.empty() && options_[i].code == chosen_) current_ = static_cast<int>(i);
    measure();
    move_to(current_);
    Refresh();
}

int OptionList::detail_room(int width) const {
    const int padding = metric(Metric::card_padding) * 7 / 8;
    return width - 2 * metric(Metric::border) - 2 * padding - font_px(Type::field) - px(12);
}

std::vector<std::string> OptionList::detail_lines(const Option& option, int width) const {
    if (option.detail.empty()) return {};
    auto lines = wrapped(Type::small, option.detail, detail_room(width));
    for (; lines.size() > 2; lines.pop_back()) lines[lines.size() - 2] += " " + lines.back();
    return lines;
}

// All are as high as the highest, so that a finger finds them by arithmetic.
int OptionList::row_height_at(int width) const {
    std::size_t lines = 0;
    for (const Option& option : options_) lines = std::max(lines, detail_lines(option, width).size());
    return metric(Metric::option) + (lines > 0 ? font_px(Type::small) / 2 : 0) +
           (lines > 1 ? line_height(Type::small) * 9 / 10 : 0);
}

int OptionList::height_for(int width) const {
    return static_cast<int>(std::max<std::size_t>(1, options_.size())) * row_height_at(width) +
           2 * metric(Metric::border);
}

int OptionList::farthest() const {
    return std::max(
        0, static_cast<int>(options_.size()) * row_height() + 2 * metric(Metric::border) - GetClientSize().y);
}

int OptionList::row_at(int y) const {
    const int row = (y + offset_ - metric(Metric::border)) / row_height();
    return y >= 0 && row >= 0 && row < static_cast<int>(options_.size()) ? row : -1;
}

wxRect OptionList::row_rect(int row) const {
    const int edge = metric(Metric::border);
    return {edge, edge + row * row_height() - offset_, GetClientSize().x - 2 * edge, row_height()};
}

void OptionList::scroll_to(int offset) {
    offset_ = std::clamp(offset, 0, farthest());
    Refresh();
}

void OptionList::page(int direction) {
    scroll_to(offset_ + direction * std::max(1, GetClientSize().y / row_height() - 1) * row_height());
}

void OptionList::move_to(int row) {
    current_ = std::clamp(row, 0, std::max(0, static_cast<int>(options_.size()) - 1));
    if (GetClientSize().y < row_height()) return;  // not laid out yet
    const wxRect place = row_rect(current_);
    if (place.y < 0) scroll_to(offset_ + place.y - metric(Metric::border));
    if (place.GetBottom() > GetClientSize().y)
        scroll_to(offset_ + place.GetBottom() - GetClientSize().y + 2 * metric(Metric::border));
}

void OptionList::touch_began(wxPoint at) {
    finger_ = at.y;
    started_ = offset_;
    dragging_ = false;
    current_ = std::max(0, row_at(at.y));
}

void OptionList::touch_moved(wxPoint at) {
    if (std::abs(at.y - finger_) > metric(Metric::slop)) dragging_ = true;
    if (dragging_) scroll_to(started_ + finger_ - at.y);
}

void OptionList::pressed(wxPoint at) {
    if (dragging_) {
        dragging_ = false;
        return;
    }
    // From the keyboard the middle of the window is told; the row that has the focus is meant.
    const int row = keyboard_in_use() ? current_ : row_at(at.y);
    if (row < 0 || row >= static_cast<int>(options_.size())) return;
    const Option option = options_[static_cast<std::size_t>(row)];
    const auto choose = choose_;
    choose(option);
}

bool OptionList::key(const wxKeyEvent& event) {
    const int rows = std::max(1, GetClientSize().y / row_height() - 1);
    switch (event.GetKeyCode()) {
        case WXK_DOWN:
            move_to(current_ + 1);
            return true;
        case WXK_UP:
            move_to(current_ - 1);
            return true;
        case WXK_PAGEDOWN:
            move_to(current_ + rows);
            return true;
        case WXK_PAGEUP:
            move_to(current_ - rows);
            return true;
        case WXK_HOME:
            move_to(0);
            return true;
        case WXK_END:
            move_to(static_cast<int>(options_.size()) - 1);
            return true;
        default:
            return false;
    }
}

Description OptionList::description() const {
    Description says{"options", ""};
    for (int row = std::max(0, row_at(0)); row < static_cast<int>(options_.size()); ++row) {
        const wxRect place = row_rect(row);
        if (place.y >= GetClientSize().y) break;
        const Option& option = options_[static_cast<std::size_t>(row)];
        says.parts.push_back({"option." + option.code, "option", option.label,
                              option.code == chosen_ ? "chosen" : "", place.Intersect(GetClientRect())});
    }
    return says;
}

void OptionList::draw(Painter& painter, const wxRect& seen) {
    const Shape shape{Colour::surface, Colour::line, metric(Metric::border), metric(Metric::card_radius)};
    painter.rounded(seen, shape);
    if (options_.empty())
        painter.text(empty_, {seen.x, seen.y, seen.width, row_height()}, Type::body, Colour::muted,
                     Align::centre);
    painter.context().Clip(seen.x, seen.y + shape.border, seen.width, seen.height - 2 * shape.border);
    for (int row = std::max(0, row_at(0)); row < static_cast<int>(options_.size()); ++row) {
        if (row_rect(row).y >= seen.GetBottom()) break;
        draw_row(painter, row);
    }
    painter.context().ResetClip();
}

void OptionList::draw_row(Painter& painter, int row) {
    const Option& option = options_[static_cast<std::size_t>(row)];
    const wxRect place = row_rect(row);
    const int padding = metric(Metric::card_padding) * 7 / 8, mark = font_px(Type::field);
    const bool chosen = !chosen_.empty() && option.code == chosen_;
    const bool lit = row == current_ && ((is_down() && !dragging_) || shows_focus());
    if (lit || chosen) {
        const wxRect ground = wxRect(place).Deflate(metric(Metric::radius) / 2, metric(Metric::border) * 2);
        painter.rounded(ground, {Colour::soft_blue, Colour::brand_ink, shows_focus() && lit ? 3 : 0,
                                 metric(Metric::radius)});
    }
    const int right = place.GetRight() - padding - mark;
    if (option.opens)
        painter.icon(Icon::forward, {right, place.y + (place.height - mark) / 2, mark, mark}, Colour::muted);
    else if (chosen)
        painter.icon(Icon::check, {right, place.y + (place.height - mark) / 2, mark, mark},
                     Colour::brand_ink);
    const int left = place.x + padding, room = right - left - px(12);
    const int first = option.detail.empty() ? place.height : line_height(Type::body_strong);
    const auto details = detail_lines(option, GetClientSize().x);
    const int line = line_height(Type::small) * 9 / 10;
    const int block = first + static_cast<int>(details.size()) * line;
    const int y = place.y + (place.height - block) / 2;
    const Type type = option.detail.empty() ? Type::field : Type::body_strong;
    const int badge =
        option.badge.empty() ? 0 : text_width(Type::small_strong, option.badge) + font_px(Type::small);
    painter.text(option.label, {left, y, room - badge, first}, type,
                 chosen ? Colour::brand_ink : Colour::ink);
    for (std::size_t i = 0; i < details.size(); ++i)
        painter.text(details[i], {left, y + first + static_cast<int>(i) * line, room, line}, Type::small,
                     Colour::muted);
    if (badge) {
        const int end = left + std::min(room - badge, text_width(type, option.label)) + px(10);
        const int high = font_px(Type::small) * 8 / 5;
        painter.rounded({end, y + (first - high) / 2, badge, high},
                        {Colour::soft_red, Colour::line, 0, metric(Metric::radius_small)});
        painter.text(option.badge, {end, y, badge, first}, Type::small_strong, Colour::danger, Align::centre);
    }
    if (row + 1 < static_cast<int>(options_.size()))
        painter.fill({left, place.GetBottom() + 1 - metric(Metric::border), place.width - 2 * padding,
                      metric(Metric::border)},
                     Colour::hairline);
}

}  // namespace wq::ui
