// The roster: graduates' base data as the school imported it, and their confirmations. Reading files
// is data/domain/roster.h.
#pragma once

#include "data/base/result.h"
#include "data/domain/graduate.h"
#include "data/domain/registration.h"

#include <optional>
#include <vector>

namespace wq::store {

class Core;

struct RosterChange {
    std::int64_t added = 0, changed = 0, same = 0;
};

class Graduates {
  public:
    explicit Graduates(Core& core) : core_(&core) {}

    // Good rows only (domain::read_roster). Importing the same again changes nothing and writes no event.
    RosterChange import(const std::vector<domain::Form>& rows, const domain::Actor& actor);

    std::optional<domain::Graduate> find(std::string_view exam_number) const;
    std::int64_t count() const;
    std::vector<std::string> departments() const;

    // R12; confirming again what is confirmed changes nothing. Refusal: `student_unknown`.
    Result<void> confirm(std::string_view exam_number);

  private:
    Core* core_;
};

}  // namespace wq::store
