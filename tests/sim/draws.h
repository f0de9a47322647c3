// What happens in a world, drawn by its dice: acts of students, staff, employers and the province as the
// use cases have them, syncs, and all that goes wrong.
#pragma once

#include "tests/sim/world.h"

namespace wq::sim {

// One thing of all that may happen next.
void draw(World& world);

// One act at a node, or on the platform.
void act_at(World& world, Node& node);
void act_on_platform(World& world);

}  // namespace wq::sim
