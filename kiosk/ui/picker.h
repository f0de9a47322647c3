// The screen on which one value of a table is chosen: search at the top, big rows below, a level at a
// time. Opened by ChoiceField over the form, which keeps everything typed.
#pragma once

#include "kiosk/ui/choice_field.h"
#include "kiosk/ui/screen.h"

#include <functional>
#include <string>
#include <vector>

namespace wq::ui {

class Field;
class Label;

class Picker : public Screen {
  public:
    Picker(Shell& shell, std::string title, Choices choices, std::string chosen,
           std::function<void(const std::string& code)> done);

    void build(Stack& body) override;
    std::vector<FooterButton> footer() override;

  private:
    void show_options();
    void choose(const Option& option);
    void up();

    std::string title_;
    Choices choices_;
    std::string chosen_;
    std::function<void(const std::string&)> done_;
    std::vector<std::string> path_;    // codes
    std::vector<std::string> labels_;  // what they read
    Label* crumbs_ = nullptr;
    Field* search_ = nullptr;
    OptionList* list_ = nullptr;
};

}  // namespace wq::ui
