// What the guides show and no story tells: a form sent back and mended, dialogs, everything once more in
// English, the rest of the kiosk's screens on a lying panel.
#pragma once

#include "tests/e2e/stage.h"

namespace wq::e2e {

void play_tour(Stage& stage);

}  // namespace wq::e2e
