// What figures are made of (R47): how many graduates there are and what is in force, by department, level,
// code and day. Counted by the indexes, without opening a sealed value.
#pragma once

#include "data/domain/registration.h"

#include <cstdint>
#include <string>
#include <vector>

namespace wq::store {

class Core;

struct Count {
    std::string department, level;
    std::string destination;  // code; empty where graduates are counted
    std::int64_t count = 0;
};

struct DayCount {
    std::int64_t day = 0;  // since 1970, in China
    std::int64_t count = 0;
};

struct Counts {
    std::vector<Count> graduates, in_force;
    std::vector<DayCount> days;  // on which what is in force came into force
};

class Figures {
  public:
    explicit Figures(Core& core) : core_(&core) {}

    Counts counts(const domain::Scope& scope = {}) const;

  private:
    Core* core_;
};

}  // namespace wq::store
