// The employers' directory that students search when they fill in an agreement. Not for employers'
// accounts, which are the platform's.
#pragma once

#include "data/domain/form.h"
#include "data/domain/registration.h"

#include <string_view>
#include <vector>

namespace wq::store {

class Core;

class Employers {
  public:
    explicit Employers(Core& core) : core_(&core) {}

    // Rows by domain::employer_fields(); an unchanged one writes nothing.
    void put(const std::vector<domain::Form>& employers, const domain::Actor& actor);

    // By part of the name or the beginning of the credit code; names that begin with `text` first.
    std::vector<domain::Form> search(std::string_view text, std::size_t limit = 20) const;
    std::int64_t count() const;

  private:
    Core* core_;
};

}  // namespace wq::store
