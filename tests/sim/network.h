// The network between a node and its platform: what it does to a request, and what is noted of the answers
// that leave the platform. Not what they mean to the node: that is sync/client.
#pragma once

#include "tests/sim/world.h"

namespace wq::sim {

// Verdicts and rows of the feed are final once they are told: Violation where this answer says another thing
// than one before.
void note_answer(World& world, const protocol::Request& request, const protocol::Response& response);

}  // namespace wq::sim
