#include "kiosk/ui/progress_bar.h"

#include <algorithm>

namespace wq::ui {

void ProgressBar::set(std::optional<double> share, std::string words) {
    share_ = share;
    words_ = std::move(words);
    Refresh();
}

int ProgressBar::height_for(int) const { return line_height(Type::note) + px(14); }

void ProgressBar::draw(Painter& painter, const wxRect& seen) {
    const int line = line_height(Type::note), bar = px(8);
    painter.text(words_, {seen.x, seen.y, seen.width, line}, Type::note, Colour::muted);
    wxRect whole{seen.x, seen.y + line + px(4), seen.width, bar};
    painter.rounded(whole, {Colour::soft_blue, Colour::line, 0, bar / 2});
    if (!share_) return;
    whole.width = std::max(bar, static_cast<int>(whole.width * std::clamp(*share_, 0.0, 1.0)));
    painter.rounded(whole, {Colour::brand, Colour::line, 0, bar / 2});
}

}  // namespace wq::ui
