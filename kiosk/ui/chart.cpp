#include "kiosk/ui/chart.h"

#include <algorithm>

namespace wq::ui {
namespace {

int bar_height() { return px(30); }

// A round number not below `most`, for the axis.
std::int64_t ceiling_of(std::int64_t most) {
    for (std::int64_t step = 1;; step *= 10)
        for (const std::int64_t times : {1, 2, 5})
            if (step * times >= most) return step * times;
}

}  // namespace

BarChart::BarChart(wxWindow* parent, std::string_view name, std::vector<Bar> bars)
    : Control(parent, name, false), bars_(std::move(bars)) {}

int BarChart::height_for(int) const { return static_cast<int>(bars_.size()) * bar_height(); }

Description BarChart::description() const {
    Description says{"chart", "", ""};
    for (const Bar& bar : bars_) says.parts.push_back({"", "bar", bar.label, bar.value, seen()});
    return says;
}

void BarChart::draw(Painter& painter, const wxRect& seen) {
    int labels = 0, values = 0;
    for (const Bar& bar : bars_) {
        labels = std::max(labels, text_width(Type::note, bar.label));
        values = std::max(values, text_width(Type::note, bar.value));
    }
    labels = std::min(labels, seen.width * 2 / 5);
    const int left = seen.x + labels + px(12), room = seen.width - labels - values - px(24);
    for (std::size_t i = 0; i < bars_.size(); ++i) {
        const int y = seen.y + static_cast<int>(i) * bar_height();
        const int width = static_cast<int>(room * std::clamp(bars_[i].share, 0.0, 1.0));
        painter.text(bars_[i].label, {seen.x, y, labels, bar_height()}, Type::note, Colour::muted);
        painter.fill({left, y + px(7), room, bar_height() - px(14)}, Colour::soft_blue);
        painter.fill({left, y + px(7), width, bar_height() - px(14)}, Colour::brand);
        painter.text(bars_[i].value, {left + room + px(12), y, values + px(2), bar_height()}, Type::note,
                     Colour::ink);
    }
}

DayChart::DayChart(wxWindow* parent, std::string_view name, std::vector<Day> days)
    : Control(parent, name, false), days_(std::move(days)) {}

int DayChart::height_for(int) const { return px(190); }

Description DayChart::description() const {
    Description says{"chart", "", ""};
    for (const Day& day : days_)
        says.parts.push_back({"", "day", day.label, std::to_string(day.count), seen()});
    return says;
}

void DayChart::draw(Painter& painter, const wxRect& seen) {
    if (days_.empty()) return;
    std::int64_t most = 1;
    for (const Day& day : days_) most = std::max(most, day.count);
    const std::int64_t top = ceiling_of(most);
    const int axis = text_width(Type::small, std::to_string(top)) + px(10), foot = line_height(Type::small);
    const wxRect plot(seen.x + axis, seen.y + px(8), seen.width - axis, seen.height - foot - px(16));
    for (const std::int64_t mark : {std::int64_t{0}, top}) {
        const int y =
            plot.y + plot.height - static_cast<int>(plot.height * mark / std::max<std::int64_t>(top, 1));
        painter.fill({plot.x, y, plot.width, 1}, Colour::line);
        painter.text(std::to_string(mark), {seen.x, y - foot / 2, axis - px(8), foot}, Type::small,
                     Colour::muted, Align::right);
    }
    const double step = static_cast<double>(plot.width) / static_cast<double>(days_.size());
    const int bar = std::clamp(static_cast<int>(step * 0.7), 1, px(28));
    const auto labelled = static_cast<std::size_t>(
        std::max(1.0, static_cast<double>(text_width(Type::small, "00-00") + px(12)) / step + 1));
    for (std::size_t i = 0; i < days_.size(); ++i) {
        const int x = plot.x + static_cast<int>((static_cast<double>(i) + 0.5) * step);
        const int height = static_cast<int>(plot.height * days_[i].count / top);
        painter.fill({x - bar / 2, plot.y + plot.height - height, bar, height}, Colour::brand);
        if ((days_.size() - 1 - i) % labelled == 0)
            painter.text(days_[i].label, {x - px(40), plot.y + plot.height + px(4), px(80), foot},
                         Type::small, Colour::muted, Align::centre);
    }
}

}  // namespace wq::ui
