#include "kiosk/ui/radio_cards.h"

#include "kiosk/ui/control.h"
#include "kiosk/ui/words.h"

namespace wq::ui {

class RadioCard : public Control {
  public:
    RadioCard(wxWindow* parent, const std::string& name, std::string label, std::function<void()> press)
        : Control(parent, name, true), label_(std::move(label)), press_(std::move(press)) {}

    void set_chosen(bool chosen) {
        chosen_ = chosen;
        Refresh();
    }
    int natural_width() const override { return text_width(Type::field, label_) + 4 * font_px(Type::field); }
    int height_for(int) const override { return metric(Metric::button); }
    Description description() const override { return {"radio", label_, chosen_ ? "chosen" : ""}; }

  protected:
    void draw(Painter& painter, const wxRect& seen) override {
        const Colour outline = chosen_ ? Colour::brand_ink : Colour::line;
        painter.rounded(seen, {chosen_ || is_down() ? Colour::soft_blue : Colour::surface, outline,
                               metric(Metric::border_strong), metric(Metric::radius)});
        const double radius = font_px(Type::field) * 0.5, middle = seen.y + seen.height / 2.0;
        const double x = seen.x + font_px(Type::field) * 1.4;
        painter.disc(x, middle, radius, chosen_ ? Colour::brand_ink : Colour::faint);
        painter.disc(x, middle, radius - metric(Metric::border_strong), Colour::surface);
        if (chosen_) painter.disc(x, middle, radius * 0.55, Colour::brand_ink);
        const int left = static_cast<int>(x + 1.8 * radius);
        painter.text(label_, {left, seen.y, seen.GetRight() - left, seen.height}, Type::field,
                     chosen_ ? Colour::brand_ink : Colour::ink);
    }
    void pressed(wxPoint) override { press_(); }

  private:
    std::string label_;
    std::function<void()> press_;
    bool chosen_ = false;
};

RadioCards::RadioCards(wxWindow* parent, std::string_view name, std::string label, bool required,
                       std::vector<Choice> choices)
    : FormField(parent, name, std::move(label), required), choices_(std::move(choices)) {
    for (const auto& [code, words] : choices_)
        cards_.push_back(new RadioCard(this, std::string(name) + "." + code, words, [this, chosen = code] {
            set_value(chosen);
            changed();
        }));
}

void RadioCards::set_value(std::string_view value) {
    value_ = value;
    for (std::size_t i = 0; i < cards_.size(); ++i) cards_[i]->set_chosen(choices_[i].first == value_);
}

void RadioCards::focus() {
    if (!cards_.empty()) cards_[0]->SetFocus();
}

int RadioCards::box_height(int) const { return metric(Metric::button); }

void RadioCards::arrange_box(const wxRect& box) {
    const int count = static_cast<int>(cards_.size()), gap = metric(Metric::gap);
    for (int i = 0; i < count; ++i) {
        const int left = box.x + i * (box.width + gap) / count;
        const int right = box.x + (i + 1) * (box.width + gap) / count - gap;
        place(*cards_[static_cast<std::size_t>(i)], {left, box.y, right - left, box.height});
    }
}

RadioCards* make_yes_no(wxWindow* parent, std::string_view name, std::string label, bool required) {
    return new RadioCards(parent, name, std::move(label), required,
                          {{"yes", words().yes}, {"no", words().no}});
}

}  // namespace wq::ui
