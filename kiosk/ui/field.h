// Text entry: a rounded box around the toolkit's borderless entry, which brings the caret, selection,
// input methods and clipboard. One line, password, or several lines with a counter.
#pragma once

#include "kiosk/ui/form_field.h"

#include <functional>
#include <string>

class wxTextCtrl;

namespace wq::ui {

struct FieldSpec {
    std::string name;
    std::string label;
    bool required = false;
    std::string placeholder = {};
    enum class Kind { text, password, lines } kind = Kind::text;
    std::size_t limit = 0;    // code points, shown as a counter with several lines; 0 is none
    std::string action = {};  // a word at the right that acts, as 搜索
    bool upper_case = false;  // letters become capitals as they are typed
    bool read_only = false;
};

class Field : public FormField {
  public:
    Field(wxWindow* parent, FieldSpec spec);

    std::string value() const override;
    void set_value(std::string_view value) override;
    void focus() override;  // caret at the end
    Description description() const override;

    // Enter was pressed, or the action word touched.
    void on_action(std::function<void()> action) { action_ = std::move(action); }

    // What the on-screen keyboard does at the caret; replaces a selection.
    void type(std::string_view text);
    void erase();

    bool is_lines() const { return spec_.kind == FieldSpec::Kind::lines; }

    // The field that has the keyboard's focus now, or null.
    static Field* focused();

  protected:
    int box_height(int width) const override;
    void arrange_box(const wxRect& box) override;
    void draw_box(Painter& painter, const wxRect& box) override;
    std::string note() const override;

  private:
    void make_entry();
    void bind_entry();
    void make_upper();

    FieldSpec spec_;
    wxTextCtrl* entry_ = nullptr;
    wxWindow* word_ = nullptr;
    std::function<void()> action_;
};

}  // namespace wq::ui
