// What every schedule begins with: a school that is set up, with a roster, an employer that may invite, and
// nodes that are enrolled and agree. Made once in a process, by the programs' own ways, and kept as images.
#pragma once

#include "tests/sim/world.h"

namespace wq::sim {

inline constexpr int kNodes = 3;  // enrolled; one more has not been yet

struct Campus {
    Image platform;
    Bytes platform_seal;
    std::string platform_key;  // PEM
    std::vector<Installed> nodes;
    Installed newcomer;
};
// `folder` is for the making.
const Campus& campus(const std::filesystem::path& folder);

}  // namespace wq::sim
