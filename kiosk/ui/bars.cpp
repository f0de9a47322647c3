#include "kiosk/ui/bars.h"

#include "kiosk/ui/text.h"
#include "kiosk/ui/words.h"

#include <cstdio>

namespace wq::ui {
namespace {

// Puts the value where `{name}` stands.
std::string filled(std::string text, std::string_view name, std::string_view value) {
    const auto at = text.find(name);
    return at == std::string::npos ? text : text.replace(at, name.size(), value);
}

std::string clock_text(int seconds) {
    char text[16];
    std::snprintf(text, sizeof text, "%02d:%02d", seconds / 60 % 100, seconds % 60);
    return text;
}

}  // namespace

HeaderBar::HeaderBar(wxWindow* parent, std::function<void()> log_out, std::function<void()> switch_language,
                     std::function<void()> next_text_size)
    : Panel(parent, Colour::brand) {
    log_out_ = new Button(this, "header.log_out", words().log_out, ButtonKind::pill, std::move(log_out));
    language_ = new Button(this, "header.language", words().other_language, ButtonKind::pill,
                           std::move(switch_language));
    text_size_ =
        new Button(this, "header.text_size", words().text_size, ButtonKind::pill, std::move(next_text_size));
    log_out_->Hide();
}

void HeaderBar::set_state(HeaderState state) {
    state_ = std::move(state);
    log_out_->Show(!state_.student.empty());
    log_out_->set_label(words().log_out);
    language_->set_label(words().other_language);
    text_size_->set_label(words().text_size);
    arrange();
}

int HeaderBar::height_for(int) const { return metric(Metric::header); }

void HeaderBar::do_arrange(wxSize size) {
    int right = size.x - metric(Metric::margin);
    for (Button* button : {language_, text_size_, log_out_}) {
        if (!button->IsShown()) continue;
        const int width = button->natural_width(), height = button->height_for(width);
        place(*button, {right - width, (size.y - height) / 2, width, height});
        right -= width + px(16);
    }
}

std::string HeaderBar::right_text() const {
    if (state_.student.empty()) return {};
    std::string text = filled(words().student, "{name}", state_.student);
    if (state_.seconds_left)
        text += " · " + filled(words().seconds_left, "{time}", clock_text(*state_.seconds_left));
    return text;
}

void HeaderBar::paint() {
    Painter painter(*this, colour(Colour::brand));
    const wxSize size = GetClientSize();
    int left = metric(Metric::margin);
    const int end = (log_out_->IsShown() ? log_out_ : text_size_)->GetRect().x - px(16);
    const auto put = [&](const std::string& text, Type type) {
        const int width = std::min(text_width(type, text) + 1, end - left);
        painter.text(text, {left, 0, width, size.y}, type, Colour::on_brand);
        left += width + px(14);
    };
    // With large text there is not room for all; who is logged in and how long counts more.
    const auto fits = [&](const std::string& text, Type type) {
        return state_.student.empty() ||
               text_width(type, text) + text_width(Type::small, right_text()) + px(14) <= end - left;
    };
    if (state_.shows_program && fits(words().program, Type::brand)) put(words().program, Type::brand);
    if (fits(state_.school, Type::small_strong))
        put(state_.school, state_.shows_program ? Type::small_strong : Type::brand);
    painter.text(right_text(), {left, 0, end - left, size.y}, Type::small, Colour::on_brand, Align::right);
}

FooterBar::FooterBar(wxWindow* parent) : Panel(parent, Colour::surface) {}

void FooterBar::set_buttons(std::vector<FooterButton> buttons) {
    for (Button* old : buttons_) wxTheApp->ScheduleForDestruction(old), old->Hide();
    buttons_.clear();
    for (FooterButton& spec : buttons) {
        auto* button =
            new Button(this, spec.name, spec.label, spec.kind, std::move(spec.press), ButtonSize::big);
        button->set_icon(spec.icon);
        button->set_usable(spec.usable);
        buttons_.push_back(button);
    }
    arrange();
}

void FooterBar::set_usable(std::string_view name, bool usable) {
    for (Button* button : buttons_)
        if (from_wx(button->GetName()) == name) button->set_usable(usable);
}

int FooterBar::height_for(int) const {
    if (buttons_.empty()) return 0;
    return metric(Metric::button_big) + 2 * metric(Metric::footer_padding) + metric(Metric::border);
}

// The last takes what the others leave, which share the rest by the length of their words.
void FooterBar::do_arrange(wxSize size) {
    const int margin = metric(Metric::margin), gap = metric(Metric::gap), border = metric(Metric::border);
    const int room = size.x - 2 * margin - gap * (static_cast<int>(buttons_.size()) - 1);
    const int height = metric(Metric::button_big), top = border + (size.y - border - height) / 2;
    std::vector<int> widths;
    double wanted = 0;
    for (Button* button : buttons_) {
        const bool last = button == buttons_.back() && buttons_.size() > 1;
        widths.push_back(std::max(button->natural_width(), px(last ? 430 : 300)));
        wanted += widths.back();
    }
    int x = margin;
    for (std::size_t i = 0; i < buttons_.size(); ++i) {
        const bool last = i + 1 == buttons_.size() && buttons_.size() > 1;
        const int width = last ? size.x - margin - x
                               : static_cast<int>(room * widths[i] / std::max<double>(wanted, room / 2.0));
        place(*buttons_[i], {x, top, width, height});
        x += width + gap;
    }
}

void FooterBar::paint() {
    Painter painter(*this, colour(Colour::surface));
    painter.fill({0, 0, GetClientSize().x, metric(Metric::border)}, Colour::line);
}

}  // namespace wq::ui
