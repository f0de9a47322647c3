// The papers beside the agreement (R36), filled in with what is known: a destination's registration form out
// of the draft that it belongs to, the application to end an agreement, the receipt of a submission. On paper
// words are Chinese, whatever language the windows speak.
#pragma once

#include "kiosk/desk/paper.h"
#include "kiosk/desk/wording.h"

#include <string_view>

namespace wq::desk {

// A form of the student's with the values typed so far.
domain::Form form_values(Home& home, std::string_view exam_number, domain::Kind kind,
                         const domain::Form& form);

// The application for this agreement; `form` has termination_fields().
domain::Form application_values(Home& home, const domain::Registration& record, const domain::Form& form,
                                std::string_view reason);

// What was submitted, when, and what comes next.
domain::Form receipt_values(Home& home, const domain::Registration& record);

}  // namespace wq::desk
