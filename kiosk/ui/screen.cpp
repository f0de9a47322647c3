#include "kiosk/ui/screen.h"

#include "kiosk/ui/control.h"
#include "kiosk/ui/form_field.h"
#include "kiosk/ui/shell.h"
#include "kiosk/ui/text.h"

#include <map>

namespace wq::ui {
namespace {

// The name of what has the focus inside `root`, or empty.
wxString focused_inside(const wxWindow& root) {
    wxWindow* focus = wxWindow::FindFocus();
    for (const wxWindow* window = focus; window; window = window->GetParent())
        if (window == &root) return focus->GetName();
    return {};
}

}  // namespace

Screen::Screen(Shell& shell, std::string name, Body body)
    : Panel(&shell.stage(), Colour::paper), shell_(shell), name_(std::move(name)) {
    SetName(to_wx(name_));
    if (body == Body::scrolling)
        scroll_ = new ScrollArea(this, Colour::paper, metric(Metric::gap));
    else
        whole_ = column(this, metric(Metric::gap), Colour::paper);
}

Stack& Screen::body() { return scroll_ ? *scroll_->content() : *whole_; }

void Screen::do_arrange(wxSize size) {
    wxWindow* child = scroll_ ? static_cast<wxWindow*>(scroll_) : whole_;
    place(*child, wxRect(size));
}

void Screen::escape() {
    const auto buttons = footer();
    if (!buttons.empty() && buttons.size() > 1 && buttons.front().press) buttons.front().press();
}

void Screen::remember_focus() { focus_ = from_wx(focused_inside(*this)); }

// Only for those who use the keyboard: after a touch it would bring up the on-screen one.
void Screen::focus_again() {
    if (!keyboard_in_use()) return;
    wxWindow* before = focus_.empty() ? nullptr : FindWindowByName(to_wx(focus_), this);
    if (before)
        before->SetFocus();
    else
        SetFocus();
}

void Screen::rebuild() {
    std::map<std::string, std::string> values, errors;
    for (const FormField* field : form_fields(*this)) {
        values[field->name()] = field->value();
        errors[field->name()] = field->error();
    }
    const wxString focus = focused_inside(*this);
    const int offset = scroll_ ? scroll_->offset() : 0;
    body().clear();
    const int margin = metric(Metric::margin);
    body().set_padding(margin, margin * 3 / 4, margin, margin / 2);
    body().set_gap(metric(Metric::gap));
    build(body());
    for (FormField* field : form_fields(*this)) {
        const auto value = values.find(field->name());
        if (value == values.end()) continue;
        field->set_value(value->second);
        field->set_error(errors[field->name()]);
    }
    built_ = true;
    stale_ = false;
    arrange();
    if (scroll_) scroll_->scroll_to(offset);
    if (wxWindow* again = focus.empty() ? nullptr : FindWindowByName(focus, this)) again->SetFocus();
}

}  // namespace wq::ui
