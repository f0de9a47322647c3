// A value out of a table: shows what was chosen and opens a full screen to choose, with big rows,
// search and levels (province, city, district). The tables come from the caller and answer from memory.
#pragma once

#include "kiosk/ui/form_field.h"
#include "kiosk/ui/option_list.h"

#include <functional>
#include <string>
#include <vector>

namespace wq::ui {

struct Choices {
    // The options below the given codes, from the top; an option that `opens` is not a value itself.
    std::function<std::vector<Option>(const std::vector<std::string>& path)> level;
    // What a person reads for a code: "四川省 成都市 武侯区". Empty for an unknown one.
    std::function<std::string(const std::string& code)> label_of;
    // Options of any level for what was typed; without it a search filters the level in view.
    std::function<std::vector<Option>(const std::string& text)> search = nullptr;
};

// Choices with one level.
Choices flat_choices(std::vector<Option> options);

class ChoiceBox;

class ChoiceField : public FormField {
  public:
    ChoiceField(wxWindow* parent, std::string_view name, std::string label, bool required, Choices choices);

    std::string value() const override { return value_; }  // a code, or empty
    void set_value(std::string_view code) override;
    void focus() override;
    Description description() const override;

  protected:
    int box_height(int width) const override;
    void arrange_box(const wxRect& box) override;

  private:
    void open_picker();

    Choices choices_;
    ChoiceBox* box_;
    std::string value_;
};

}  // namespace wq::ui
