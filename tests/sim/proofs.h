// What must hold once all is quiet: nothing acknowledged is missing, nothing took effect twice, everybody
// agrees row by row. Each throws Violation.
#pragma once

#include "tests/sim/world.h"

namespace wq::sim {

void prove_all(World& world);

}  // namespace wq::sim
