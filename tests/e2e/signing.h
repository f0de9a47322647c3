// The spine: one student fills in, is approved, prints, has it stamped, scans it back; the paper is verified
// and everything reaches the platform and a second kiosk.
#pragma once

#include "tests/e2e/stage.h"

namespace wq::e2e {

// `kills`: the kiosk is killed (SIGKILL) after every step that it acknowledged, and started again.
void play_signing(Stage& stage, bool kills);

}  // namespace wq::e2e
