// What comes beside the spine: an invitation accepted and the agreement ended by both sides, paper registered
// after the fact and ended by the school, other destinations with their materials (R14, R19, R21–R27).
#pragma once

#include "tests/e2e/stage.h"

namespace wq::e2e {

void play_flows(Stage& stage);

}  // namespace wq::e2e
