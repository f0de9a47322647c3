#include "kiosk/ui/table.h"

#include <algorithm>

namespace wq::ui {
namespace {
constexpr int kThumbWidth = 10;
int cell_padding() { return density() == Density::touch ? px(24) : px(16); }
}  // namespace

Table::Table(wxWindow* parent, std::string_view name, std::vector<TableColumn> columns, bool two_lines)
    : Control(parent, name, true), columns_(std::move(columns)), two_lines_(two_lines) {
    Bind(wxEVT_MOUSEWHEEL, [this](wxMouseEvent& event) {
        scroll_to(static_cast<long>(first_) - 3L * event.GetWheelRotation() / event.GetWheelDelta());
    });
    Bind(wxEVT_LEFT_DCLICK, [this](wxMouseEvent& event) {
        event.Skip();
        if (on_open_ && selected_ < count_ && row_rect(selected_).Contains(event.GetPosition()))
            on_open_(selected_);
    });
    Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
        scroll_to(static_cast<long>(first_));
        event.Skip();
    });
}

void Table::set_rows(std::size_t count, Source source) {
    source_ = std::move(source);
    count_ = count;
    selected_ = std::min(selected_, count_ ? count_ - 1 : 0);
    scroll_to(static_cast<long>(first_));
}

void Table::select(std::size_t row) {
    if (count_ == 0) return;
    const bool moved = row != selected_;
    selected_ = std::min(row, count_ - 1);
    const std::size_t view = rows_in_view();
    if (selected_ < first_) scroll_to(static_cast<long>(selected_));
    if (selected_ >= first_ + view) scroll_to(static_cast<long>(selected_ - view + 1));
    Refresh();
    if (moved && on_select_) on_select_(selected_);
}

int Table::row_height() const {
    if (!two_lines_) return metric(Metric::row);
    return line_height(Type::body) + line_height(Type::small) + metric(Metric::gap_small) * 4;
}

int Table::head_height() const { return metric(Metric::row) + metric(Metric::gap_small); }
int Table::height_for(int) const { return head_height() + 3 * row_height(); }

std::size_t Table::rows_in_view() const {
    return static_cast<std::size_t>(std::max(1, (GetClientSize().y - head_height()) / row_height()));
}

void Table::scroll_to(long first) {
    const long last = static_cast<long>(count_) - static_cast<long>(rows_in_view());
    first_ = static_cast<std::size_t>(std::clamp(first, 0L, std::max(0L, last)));
    Refresh();
}

std::vector<int> Table::edges(int width) const {
    double shares = 0, before = 0;
    for (const TableColumn& column : columns_) shares += column.share;
    std::vector<int> edges{0};
    for (const TableColumn& column : columns_) {
        before += column.share;
        edges.push_back(static_cast<int>(width * before / shares));
    }
    return edges;
}

wxRect Table::row_rect(std::size_t row) const {
    const long away = static_cast<long>(row) - static_cast<long>(first_);
    return {0, head_height() + static_cast<int>(std::clamp(away, -1000L, 1000L)) * row_height(),
            GetClientSize().x, row_height()};
}

wxRect Table::thumb() const {
    const double track = GetClientSize().y - head_height(), view = static_cast<double>(rows_in_view());
    if (count_ <= rows_in_view()) return {};
    const double height = std::max<double>(px(40), track * view / static_cast<double>(count_));
    const double share = static_cast<double>(first_) / (static_cast<double>(count_) - view);
    return {GetClientSize().x - kThumbWidth, head_height() + static_cast<int>(share * (track - height)),
            kThumbWidth, static_cast<int>(height)};
}

void Table::touch_began(wxPoint at) {
    on_thumb_ = count_ > rows_in_view() && at.x > GetClientSize().x - 2 * kThumbWidth;
    SetFocus();
    if (on_thumb_) return touch_moved(at);
    if (at.y < head_height()) return;
    const std::size_t row = first_ + static_cast<std::size_t>((at.y - head_height()) / row_height());
    if (row < count_) select(row);
}

void Table::touch_moved(wxPoint at) {
    if (!on_thumb_) return;
    const double track = GetClientSize().y - head_height() - thumb().height;
    const double share = (at.y - head_height() - thumb().height / 2.0) / std::max(1.0, track);
    scroll_to(static_cast<long>(share * static_cast<double>(count_ - rows_in_view())));
}

void Table::pressed(wxPoint) {
    if (keyboard_in_use() && on_open_ && selected_ < count_) on_open_(selected_);
}

bool Table::key(const wxKeyEvent& event) {
    const std::size_t page = rows_in_view();
    switch (event.GetKeyCode()) {
        case WXK_DOWN:
            select(selected_ + 1);
            return true;
        case WXK_UP:
            select(selected_ ? selected_ - 1 : 0);
            return true;
        case WXK_PAGEDOWN:
            select(selected_ + page);
            return true;
        case WXK_PAGEUP:
            select(selected_ > page ? selected_ - page : 0);
            return true;
        case WXK_HOME:
            select(0);
            return true;
        case WXK_END:
            select(count_ ? count_ - 1 : 0);
            return true;
        default:
            return false;
    }
}

Description Table::description() const {
    Description says{"table", std::to_string(count_), std::to_string(selected_)};
    const std::size_t end = std::min(count_, first_ + rows_in_view());
    for (std::size_t row = first_; row < end; ++row) {
        std::string text;
        for (const Cell& cell : source_(row))
            text += cell.text + (cell.second.empty() ? "" : " (" + cell.second + ")") + " | ";
        says.parts.push_back(
            {"row." + std::to_string(row), "row", text, row == selected_ ? "chosen" : "", row_rect(row)});
    }
    return says;
}

void Table::draw(Painter& painter, const wxRect& seen) {
    painter.fill(seen, Colour::surface);
    const std::vector<int> columns = edges(seen.width - kThumbWidth);
    if (count_ == 0)
        painter.text(empty_, {0, head_height(), seen.width, row_height() * 2}, Type::body, Colour::muted,
                     Align::centre);
    const std::size_t end = std::min(count_, first_ + rows_in_view() + 1);
    for (std::size_t row = first_; row < end; ++row) draw_row(painter, row, columns);
    draw_head(painter, columns);
    const wxRect bar = thumb();
    if (bar.height > 0)
        painter.rounded(wxRect(bar).Deflate(2), {Colour::key_edge, Colour::line, 0, kThumbWidth / 2});
}

void Table::draw_head(Painter& painter, const std::vector<int>& edges) {
    const int height = head_height();
    painter.fill({0, 0, GetClientSize().x, height}, Colour::surface);
    for (std::size_t i = 0; i < columns_.size(); ++i)
        painter.text(columns_[i].title,
                     {edges[i] + cell_padding(), 0, edges[i + 1] - edges[i] - cell_padding(), height},
                     Type::note, Colour::muted);
    painter.fill({0, height - 1, GetClientSize().x, 1}, Colour::line);
}

void Table::draw_row(Painter& painter, std::size_t row, const std::vector<int>& edges) {
    const wxRect place = row_rect(row);
    if (row == selected_) painter.fill(place, Colour::soft_blue);
    const std::vector<Cell> cells = source_(row);
    const int first = line_height(Type::body), second = line_height(Type::small);
    const int top = place.y + (two_lines_ ? (place.height - first - second) / 2 : (place.height - first) / 2);
    for (std::size_t i = 0; i < std::min(cells.size(), columns_.size()); ++i) {
        const int left = edges[i] + cell_padding(), room = edges[i + 1] - left;
        painter.text(cells[i].text, {left, top, room, first},
                     cells[i].strong ? Type::body_strong : Type::body, cells[i].colour);
        painter.text(cells[i].second, {left, top + first, room, second}, Type::small, cells[i].second_colour);
    }
    painter.fill({place.x, place.GetBottom(), place.width, 1}, Colour::hairline);
    if (row == selected_)
        painter.fill({place.x, place.y, 3, place.height}, shows_focus() ? Colour::brand : Colour::soft_blue);
}

}  // namespace wq::ui
