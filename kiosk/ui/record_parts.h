// What both desks show of a registration: how its state is felt, and its way in stages. What a state is and
// how it is called, kiosk/desk knows.
#pragma once

#include "kiosk/desk/record_view.h"
#include "kiosk/ui/shown.h"

#include <vector>

namespace wq::ui {

// The kit's colours for how a state is to be felt.
Tone shown_tone(desk::Tone tone);
// The stages as the kit draws them.
Steps* make_stages(wxWindow* parent, const std::vector<desk::Stage>& stages);

}  // namespace wq::ui
