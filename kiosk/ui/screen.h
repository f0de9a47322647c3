// One decision a screen. A screen says what stands in it (build), what the footer offers, and what
// happens on entering and leaving; the shell shows it. Built again from scratch when language, text
// size or contrast change: what was typed, the focus and the place in the scroll stay.
#pragma once

#include "kiosk/ui/bars.h"
#include "kiosk/ui/laid.h"
#include "kiosk/ui/scroll_area.h"

#include <memory>
#include <string>
#include <vector>

namespace wq::ui {

class Shell;

class Screen : public Panel {
  public:
    enum class Body { scrolling, whole };  // whole: the body has exactly the window's room

    Screen(Shell& shell, std::string name, Body body);

    const std::string& name() const { return name_; }  // "login"; the prefix of its controls' names

    // Fills the empty body. Called on opening and on every rebuild; must not start work.
    virtual void build(Stack& body) = 0;
    virtual std::vector<FooterButton> footer() { return {}; }
    virtual bool shows_header() const { return true; }

    virtual void entered() {}  // in front, the first time and after coming back
    virtual void left() {}     // no longer in front

    // Escape; the usual is what the footer's first button does.
    virtual void escape();

    void rebuild();

    // Lives as long as the screen: what a Worker's job asks for before it calls back.
    std::weak_ptr<void> life() const { return life_; }
    Shell& shell() const { return shell_; }

    int natural_width() const override { return 0; }
    int height_for(int) const override { return 0; }

  protected:
    void do_arrange(wxSize size) override;

  private:
    friend class Shell;
    void remember_focus();
    void focus_again();
    Stack& body();

    Shell& shell_;
    std::string name_;
    ScrollArea* scroll_ = nullptr;
    Stack* whole_ = nullptr;
    std::string focus_;  // name of what had the focus when another screen came over
    bool built_ = false;
    bool stale_ = false;  // to be rebuilt before it is seen again
    std::shared_ptr<void> life_ = std::make_shared<int>(0);
};

}  // namespace wq::ui
