// A field of a form as a control of the kit: which control, its label, example and limit follow from the
// field's line in its table. Value and what a change does are the caller's.
#pragma once

#include "data/domain/fields.h"
#include "kiosk/ui/app.h"
#include "kiosk/ui/form_field.h"

namespace wq::ui::student {

// `name` as for the probe, "form.employer_name".
FormField* made_field(wxWindow* parent, const App& app, const std::string& name, const domain::Field& field);

}  // namespace wq::ui::student
