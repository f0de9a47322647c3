#include "kiosk/ui/sidebar.h"

namespace wq::ui {
namespace {
int item_height() { return px(53); }
int head_height() { return px(76); }
}  // namespace

Sidebar::Sidebar(wxWindow* parent, std::string_view name, std::string title, std::vector<SidebarItem> items,
                 std::function<void(const std::string&)> choose)
    : Control(parent, name, true),
      title_(std::move(title)),
      items_(std::move(items)),
      choose_(std::move(choose)) {}

void Sidebar::select(std::string_view item) {
    for (std::size_t i = 0; i < items_.size(); ++i)
        if (items_[i].name == item) selected_ = i;
    Refresh();
}

void Sidebar::set_count(std::string_view item, std::string count) {
    for (SidebarItem& known : items_)
        if (known.name == item) known.count = count;
    Refresh();
}

int Sidebar::height_for(int) const { return head_height() + static_cast<int>(items_.size()) * item_height(); }

wxRect Sidebar::item_rect(std::size_t item) const {
    return {0, head_height() + static_cast<int>(item) * item_height(), GetClientSize().x, item_height()};
}

Description Sidebar::description() const {
    Description says{"sidebar", title_, items_.empty() ? "" : items_[selected_].name};
    for (std::size_t i = 0; i < items_.size(); ++i)
        says.parts.push_back(
            {"sidebar." + items_[i].name, "item", items_[i].label, items_[i].count, item_rect(i)});
    return says;
}

void Sidebar::draw(Painter& painter, const wxRect& seen) {
    painter.fill(seen, Colour::nav);
    const int left = px(24);
    painter.text(title_, {left, 0, seen.width - left, head_height() + px(8)}, Type::brand, Colour::on_brand);
    for (std::size_t i = 0; i < items_.size(); ++i) {
        const wxRect place = item_rect(i);
        if (i == selected_) painter.fill(place, Colour::brand);
        if (i == selected_ && shows_focus()) painter.fill({0, place.y, 5, place.height}, Colour::on_brand);
        const std::string text =
            items_[i].count.empty() ? items_[i].label : items_[i].label + " " + items_[i].count;
        painter.text(text, {left, place.y, place.width - left, place.height}, Type::body, Colour::on_brand);
    }
}

void Sidebar::choose(std::size_t item) {
    if (item >= items_.size()) return;
    selected_ = item;
    Refresh();
    const auto choose = choose_;
    const std::string name = items_[item].name;
    choose(name);
}

void Sidebar::pressed(wxPoint at) {
    for (std::size_t i = 0; i < items_.size(); ++i)
        if (!keyboard_in_use() && item_rect(i).Contains(at)) return choose(i);
}

bool Sidebar::key(const wxKeyEvent& event) {
    const int code = event.GetKeyCode();
    if (code == WXK_DOWN)
        choose(selected_ + 1);
    else if (code == WXK_UP && selected_ > 0)
        choose(selected_ - 1);
    else if (code >= '1' && code <= '9')
        choose(static_cast<std::size_t>(code - '1'));
    else
        return false;
    return true;
}

}  // namespace wq::ui
