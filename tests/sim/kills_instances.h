// Two instances of a platform on one database, behind a balancer, are killed while the nodes of one school
// act and sync, and the operator sets. Nodes and operator are killed now and then, too.
#pragma once

#include "tests/sim/dice.h"

#include <cstdint>
#include <filesystem>

namespace wq::sim {

struct Killed {
    std::int64_t of_instances = 0, of_both = 0, of_others = 0;
    std::int64_t acts = 0, rejected = 0, engaged = 0;  // in the feed; refused; refused with already_engaged
};

// On the database that tests/sync/with_postgres gives. Throws Violation.
Killed kill_instances(const std::filesystem::path& folder, std::int64_t kills, Dice& dice);

}  // namespace wq::sim
