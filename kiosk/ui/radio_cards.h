// One of a few, all in sight: big radio cards side by side. With two of them, 是 and 否.
// Not for more than four, or for long labels: that is ChoiceField.
#pragma once

#include "kiosk/ui/form_field.h"

#include <string>
#include <utility>
#include <vector>

namespace wq::ui {

class RadioCard;

class RadioCards : public FormField {
  public:
    using Choice = std::pair<std::string, std::string>;  // code, label

    RadioCards(wxWindow* parent, std::string_view name, std::string label, bool required,
               std::vector<Choice> choices);

    std::string value() const override { return value_; }  // a code, or empty before a choice
    void set_value(std::string_view value) override;
    void focus() override;
    Description description() const override { return {"radio", label(), value_}; }

  protected:
    int box_height(int width) const override;
    void arrange_box(const wxRect& box) override;

  private:
    std::vector<Choice> choices_;
    std::vector<RadioCard*> cards_;
    std::string value_;
};

// Codes "yes" and "no"; words in the language of the moment.
RadioCards* make_yes_no(wxWindow* parent, std::string_view name, std::string label, bool required);

}  // namespace wq::ui
