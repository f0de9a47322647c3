#include "kiosk/ui/choice_field.h"

#include "kiosk/ui/control.h"
#include "kiosk/ui/picker.h"
#include "kiosk/ui/shell.h"
#include "kiosk/ui/words.h"

namespace wq::ui {

class ChoiceBox : public Control {
  public:
    ChoiceBox(wxWindow* parent, const std::string& name, std::function<void()> press)
        : Control(parent, name, true), press_(std::move(press)) {}

    void set_text(std::string text) {
        text_ = std::move(text);
        Refresh();
    }
    const std::string& text() const { return text_; }
    int natural_width() const override { return px(320); }
    int height_for(int) const override { return metric(Metric::field); }
    Description description() const override { return {"choice", text_}; }

  protected:
    void draw(Painter& painter, const wxRect& seen) override {
        const auto* field = dynamic_cast<const FormField*>(GetParent());
        const Colour outline = field && !field->error().empty() ? Colour::danger
                               : is_down()                      ? Colour::brand_ink
                                                                : Colour::line;
        painter.rounded(seen, {is_down() ? Colour::pressed : Colour::surface, outline,
                               metric(Metric::border_strong), metric(Metric::radius)});
        const int inset = density() == Density::touch ? px(30) : px(12), mark = font_px(Type::field);
        const wxRect text(seen.x + inset, seen.y, seen.width - 2 * inset - mark, seen.height);
        painter.text(text_.empty() ? words().choose : text_, text, Type::field,
                     text_.empty() ? Colour::faint : Colour::ink);
        painter.icon(Icon::down, {text.GetRight(), seen.y + (seen.height - mark) / 2, mark, mark},
                     Colour::muted);
    }
    void pressed(wxPoint) override { press_(); }

  private:
    std::string text_;
    std::function<void()> press_;
};

Choices flat_choices(std::vector<Option> options) {
    const auto kept = std::make_shared<const std::vector<Option>>(std::move(options));
    Choices choices;
    choices.level = [kept](const std::vector<std::string>&) { return *kept; };
    choices.label_of = [kept](const std::string& code) {
        for (const Option& option : *kept)
            if (option.code == code) return option.label;
        return std::string();
    };
    return choices;
}

ChoiceField::ChoiceField(wxWindow* parent, std::string_view name, std::string label, bool required,
                         Choices choices)
    : FormField(parent, name, std::move(label), required),
      choices_(std::move(choices)),
      box_(new ChoiceBox(this, std::string(name) + ".open", [this] { open_picker(); })) {}

void ChoiceField::set_value(std::string_view code) {
    value_ = code;
    box_->set_text(value_.empty() ? "" : choices_.label_of(value_));
}

void ChoiceField::focus() { box_->SetFocus(); }
Description ChoiceField::description() const { return {"choice", label(), value_}; }
int ChoiceField::box_height(int) const { return metric(Metric::field); }
void ChoiceField::arrange_box(const wxRect& box) { place(*box_, box); }

void ChoiceField::open_picker() {
    shell_of(*this).open<Picker>(label(), choices_, value_, [this](const std::string& code) {
        set_value(code);
        set_error({});
        changed();
    });
}

}  // namespace wq::ui
