// The on-screen keyboard: kiosk shells bring none. Writes into the focused field itself, without
// synthetic system events, so it never meets an input method; a physical keyboard works beside it.
// Not a window of its own: the shell shows it above the footer while a field has the focus.
#pragma once

#include "kiosk/ui/control.h"

#include <functional>
#include <string>
#include <vector>

namespace wq::ui {

class Field;

class Keyboard : public Control {
  public:
    // `next` goes to the next field, `hide` puts the keyboard away.
    Keyboard(wxWindow* parent, std::function<void()> next, std::function<void()> hide);

    bool AcceptsFocus() const override { return false; }  // the field keeps it
    int overhang() const override { return 0; }
    int natural_width() const override { return 0; }
    int height_for(int width) const override;
    Description description() const override;
    void reset();  // letters, no shift: for a new field

  protected:
    void draw(Painter& painter, const wxRect& seen) override;
    void touch_began(wxPoint at) override;
    void pressed(wxPoint at) override;

  private:
    enum class Does { write, shift, erase, symbols, language, space, next, hide };
    enum class Shift { off, once, locked };
    struct Key {
        Does does;
        std::string label;
        std::string writes;
        std::string name;
        double width;  // in tenths of the row's ten keys
        wxRect rect = {};
    };
    std::vector<std::vector<Key>> rows() const;
    std::vector<Key> keys() const;  // with their places
    void press(const Key& key);
    void write(const std::string& text);
    void draw_key(Painter& painter, const Key& key, bool down);

    std::function<void()> next_, hide_;
    Shift shift_ = Shift::off;
    bool symbols_ = false;
    std::string down_key_;
};

}  // namespace wq::ui
