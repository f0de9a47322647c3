// The bars above and below every kiosk screen: who and how long at the top, where to go at the bottom.
// The shell owns one of each and fills them from the screen in front.
#pragma once

#include "kiosk/ui/button.h"
#include "kiosk/ui/laid.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace wq::ui {

struct HeaderState {
    std::string school;
    std::string student;              // masked name; empty before login
    std::optional<int> seconds_left;  // till the session ends
    bool shows_program = true;        // false on the welcome screen: the school's name alone, larger
};

class HeaderBar : public Panel {
  public:
    HeaderBar(wxWindow* parent, std::function<void()> log_out, std::function<void()> switch_language,
              std::function<void()> next_text_size);

    void set_state(HeaderState state);
    int height_for(int width) const override;

  protected:
    void do_arrange(wxSize size) override;
    void paint() override;

  private:
    std::string right_text() const;

    HeaderState state_;
    Button* log_out_;
    Button* language_;
    Button* text_size_;
};

struct FooterButton {
    std::string name;
    std::string label;
    ButtonKind kind = ButtonKind::secondary;
    std::function<void()> press;
    bool usable = true;
    Icon icon = Icon::none;
};

// Buttons from left to right, the main one last and widest; no buttons, no bar.
class FooterBar : public Panel {
  public:
    explicit FooterBar(wxWindow* parent);

    void set_buttons(std::vector<FooterButton> buttons);
    void set_usable(std::string_view name, bool usable);
    bool is_empty() const { return buttons_.empty(); }
    int height_for(int width) const override;

  protected:
    void do_arrange(wxSize size) override;
    void paint() override;

  private:
    std::vector<Button*> buttons_;
};

}  // namespace wq::ui
