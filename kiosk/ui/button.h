// A button: verb and noun, one meaning. The kinds are ranks of importance; a screen has one primary.
// Not for choosing among values: radio_cards.h, choice_field.h.
#pragma once

#include "kiosk/ui/control.h"

#include <functional>
#include <string>

namespace wq::ui {

enum class ButtonKind {
    primary,    // the one that goes on
    secondary,  // outlined in the brand's colour
    quiet,      // outlined in grey: back, cancel
    success,    // passes something, on the desk
    warning,    // sends something back
    danger,     // ends something
    pill        // small, on the header
};

enum class ButtonSize { normal, big };  // big: in the footer

class Button : public Control {
  public:
    // `press` runs on the UI thread when the button was touched or chosen by keyboard; it may destroy
    // the button.
    Button(wxWindow* parent, std::string_view name, std::string label, ButtonKind kind,
           std::function<void()> press, ButtonSize size = ButtonSize::normal);

    void set_label(std::string label);
    void set_icon(Icon icon);
    void set_usable(bool usable);  // a button that is not is grey and takes no touch

    int natural_width() const override;
    int height_for(int width) const override;
    Description description() const override { return {"button", label_}; }

  protected:
    void draw(Painter& painter, const wxRect& seen) override;
    void pressed(wxPoint at) override;
    int ring_radius() const override;

  private:
    struct Look {
        Shape shape;
        Colour text;
    };
    Look look() const;
    Type type() const { return kind_ == ButtonKind::pill ? Type::pill : Type::button; }

    std::string label_;
    ButtonKind kind_;
    ButtonSize size_;
    Icon icon_ = Icon::none;
    std::function<void()> press_;
};

}  // namespace wq::ui
