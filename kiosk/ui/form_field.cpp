#include "kiosk/ui/form_field.h"

#include "kiosk/ui/text.h"

namespace wq::ui {
namespace {

int below_label() { return density() == Density::touch ? px(8) : px(4); }
int error_height(const std::string& error, int width) {
    return error.empty() ? 0 : paragraph_height(Type::small, error, width) + below_label();
}

void collect(wxWindow& window, std::vector<FormField*>& fields) {
    if (auto* field = dynamic_cast<FormField*>(&window)) fields.push_back(field);
    for (wxWindow* child : window.GetChildren()) collect(*child, fields);
}

}  // namespace

FormField::FormField(wxWindow* parent, std::string_view name, std::string label, bool required)
    : Panel(parent, dynamic_cast<Panel*>(parent) ? dynamic_cast<Panel*>(parent)->ground() : Colour::paper),
      label_(std::move(label)),
      required_(required) {
    SetName(to_wx(name));
}

std::string FormField::name() const { return from_wx(GetName()); }

void FormField::set_error(std::string error) {
    if (error == error_) return;
    error_ = std::move(error);
    lay_out_again(*this);
}

void FormField::changed() {
    if (changed_) changed_();
}

int FormField::label_height() const { return label_.empty() ? 0 : line_height(Type::label) + below_label(); }

int FormField::natural_width() const { return px(320); }

int FormField::height_for(int width) const {
    return label_height() + box_height(width) + error_height(error_, width);
}

wxRect FormField::box() const {
    const wxRect seen = wxRect(GetClientSize()).Deflate(overhang());
    return {seen.x, seen.y + label_height(), seen.width, box_height(seen.width)};
}

void FormField::do_arrange(wxSize) { arrange_box(box()); }

void FormField::paint() {
    Painter painter(*this, ground_under(*this));
    const wxRect place = box();
    const wxRect above(place.x, overhang(), place.width, line_height(Type::label));
    if (!label_.empty()) {
        painter.text(label_, above, Type::label, Colour::ink);
        const int end = place.x + text_width(Type::label, label_) + font_px(Type::label) / 4;
        if (required_) painter.text("*", {end, above.y, px(40), above.height}, Type::label, Colour::danger);
        painter.text(note(), above, Type::small, Colour::muted, Align::right);
    }
    draw_box(painter, place);
    const wxRect below(place.x, place.GetBottom() + 1 + below_label(), place.width, GetClientSize().y);
    painter.paragraph(error_, below, Type::small, Colour::danger);
}

std::vector<FormField*> form_fields(wxWindow& root) {
    std::vector<FormField*> fields;
    collect(root, fields);
    return fields;
}

}  // namespace wq::ui
