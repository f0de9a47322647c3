// What all fields of a form share: the label above (with * where something must be given), the error
// below, a value that can be read, set and asked for by name. Concrete ones: Field, ChoiceField, YesNo.
#pragma once

#include "kiosk/ui/draw.h"
#include "kiosk/ui/laid.h"
#include "kiosk/ui/probe.h"

#include <functional>
#include <string>
#include <vector>

namespace wq::ui {

class FormField : public Panel, public Described {
  public:
    FormField(wxWindow* parent, std::string_view name, std::string label, bool required);

    std::string name() const;
    virtual std::string value() const = 0;               // UTF-8; a code for a choice
    virtual void set_value(std::string_view value) = 0;  // without on_change
    virtual void focus() = 0;

    // Shown under the field in words that say what to do; empty takes it away.
    void set_error(std::string error);
    const std::string& error() const { return error_; }

    // Called after the person changed the value.
    void on_change(std::function<void()> changed) { changed_ = std::move(changed); }

    int natural_width() const override;
    int height_for(int width) const override;
    int overhang() const override { return metric(Metric::ring); }

  protected:
    virtual int box_height(int width) const = 0;
    virtual void arrange_box(const wxRect& box) = 0;  // the place of what is entered, in the window
    virtual void draw_box(Painter& painter, const wxRect& box) { (void)painter, (void)box; }
    virtual std::string note() const { return {}; }  // at the right of the label: a counter

    void changed();
    const std::string& label() const { return label_; }
    void do_arrange(wxSize size) override;
    void paint() override;
    wxRect box() const;

  private:
    int label_height() const;

    std::string label_;
    bool required_;
    std::string error_;
    std::function<void()> changed_;
};

// All form fields inside `root`, in the order of the windows.
std::vector<FormField*> form_fields(wxWindow& root);

}  // namespace wq::ui
