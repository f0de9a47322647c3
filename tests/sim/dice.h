// All chance of a simulation, from one seed: what is drawn next, and the randomness that the programs ask
// for. The same seed draws the same on every machine.
#pragma once

#include "data/crypto/random.h"

#include <cstdint>
#include <vector>

namespace wq::sim {

class Dice final : public crypto::Random {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    void fill(std::span<std::uint8_t> bytes) override {
        for (std::size_t at = 0; at < bytes.size();) {
            const std::uint64_t drawn = next();
            for (int i = 0; i < 8 && at < bytes.size(); ++i, ++at)
                bytes[at] = static_cast<std::uint8_t>(drawn >> (8 * i));
        }
    }

    // splitmix64
    std::uint64_t next() {
        std::uint64_t mixed = state_ += 0x9e3779b97f4a7c15;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }
    // From `low` to `high`, both possible.
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(high - low + 1));
    }
    bool chance(int percent) { return between(1, 100) <= percent; }
    template <class List>
    auto& pick(List& list) {
        return list[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(std::size(list)) - 1))];
    }

  private:
    std::uint64_t state_;
};

}  // namespace wq::sim
