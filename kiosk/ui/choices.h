// Code tables as the kit's choices, in the reader's language; regions level by level. Only reads tables,
// which are never changed after the home was opened.
#pragma once

#include "data/domain/codes.h"
#include "kiosk/desk/wording.h"
#include "kiosk/ui/choice_field.h"

namespace wq::ui {

// `table` must outlive the choices.
Choices choices_of(const domain::CodeTable& table, desk::Speech speech);

// Destinations that are registered by themselves (R24), each with what has to be brought.
Choices destination_choices(const domain::Codes& codes, desk::Speech speech);

}  // namespace wq::ui
