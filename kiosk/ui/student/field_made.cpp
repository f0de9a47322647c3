#include "kiosk/ui/student/field_made.h"

#include "kiosk/ui/choice_field.h"
#include "kiosk/ui/choices.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/radio_cards.h"

namespace wq::ui::student {
namespace {

using domain::FieldKind;

// Examples and places to look, where there is something to say.
std::string hint_key(const domain::Field& field) {
    if (field.kind == FieldKind::date) return "student.form.date_hint";
    const std::pair<std::string_view, const char*> kHints[] = {
        {"employer_name", "student.form.employer_hint"}, {"credit_code", "student.form.code_hint"},
        {"credit_code_note", "student.form.note_hint"},  {"address", "student.form.address_hint"},
        {"contact_mobile", "student.form.mobile_hint"},  {"contact_email", "student.form.email_hint"},
        {"contact_phone", "student.form.phone_hint"}};
    for (const auto& [key, hint] : kHints)
        if (key == field.key) return hint;
    return {};
}

}  // namespace

FormField* made_field(wxWindow* parent, const App& app, const std::string& name, const domain::Field& field) {
    const std::string label = app.speech().name(field);
    const bool required = field.need == domain::Need::required || field.kind == FieldKind::credit_code;
    if (field.kind == FieldKind::yes_no) return make_yes_no(parent, name, label, required);
    if (field.key == "destination")
        return new ChoiceField(parent, name, label, required, destination_choices(app.codes(), app.speech()));
    if (!field.table.empty())
        return new ChoiceField(parent, name, label, required,
                               choices_of(app.codes().table(field.table), app.speech()));
    FieldSpec spec{name, label, required, hint_key(field).empty() ? "" : app.say(hint_key(field))};
    if (field.kind == FieldKind::long_text) {
        spec.kind = FieldSpec::Kind::lines;
        spec.limit = static_cast<std::size_t>(field.max_length);
    }
    spec.upper_case = field.kind == FieldKind::credit_code;
    return new Field(parent, spec);
}

}  // namespace wq::ui::student
