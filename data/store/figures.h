// What figures are made of (R47): how many graduates there are and what is in force, by department, level,
// code and day. Counted by the indexes, without opening a sealed value.
#pragma once

#include "data/domain/figures.h"
#include "data/domain/registration.h"

namespace wq::store {

class Core;

using domain::Count;
using domain::Counts;

class Figures {
  public:
    explicit Figures(Core& core) : core_(&core) {}

    Counts counts(const domain::Scope& scope = {}) const;

  private:
    Core* core_;
};

}  // namespace wq::store
