// Cuts of the power: scripts of acts are played on a disk that remembers each write and each sync; then the
// disk is brought back as a cut may have left it, and opened. What had been acknowledged by then must be
// there, the chains whole, the database sound.
#pragma once

#include "tests/sim/world.h"

namespace wq::sim {

struct CutReport {
    std::int64_t cuts = 0, broken = 0;
    std::string first;  // that broke
};

// Every script, after every write and sync, in all ways.
CutReport cut_everywhere(const std::filesystem::path& folder);
// So many cuts at random, a full disk among them.
CutReport cut_anywhere(const std::filesystem::path& folder, std::uint64_t seed, std::int64_t cuts);

}  // namespace wq::sim
