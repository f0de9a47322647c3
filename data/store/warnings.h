// Warned employers (R33): this school's marks with their reason and evidence, and what the platform says of
// other schools' marks. Marked by five schools or more, an employer is warned of everywhere.
#pragma once

#include "data/base/result.h"
#include "data/domain/registration.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wq::store {

class Core;

inline constexpr std::int64_t kSchoolsForAll = 5;

struct Warning {
    std::string credit_code, employer_name;
    std::string category;  // of the table `warning_category`; several, parted by commas, of other schools
    std::string reason;    // of this school's mark; empty where only others warn
    std::vector<domain::Attachment> evidence = {};
    std::string marked_by = {};  // account
    Instant when = {};
    std::int64_t schools = 0;  // that warn, as far as the platform said; 0: this one alone is known
};

class Warnings {
  public:
    explicit Warnings(Core& core) : core_(&core) {}

    // School only. `seen`: when the mark was made that this one replaces, 0 where there was none. Refusals:
    // `not_allowed` {state, action, role}, `reason_required`, `employer_name_missing`, `evidence_missing`,
    // `code_unknown` {code} (category), `warning_changed` {account}, and the credit code's.
    Result<void> mark(const Warning& warning, const domain::Actor& actor, std::optional<Instant> seen = {});
    // Refusals: `not_allowed`, `warning_unknown`.
    Result<void> lift(std::string_view credit_code, const domain::Actor& actor);

    // What students and reviewers are shown of this employer: this school's mark, or that of five others.
    std::optional<Warning> shown(std::string_view credit_code) const;
    std::vector<Warning> own() const;
    // Those of five and more other schools that this one has not marked itself; without name and reason.
    std::vector<Warning> nationwide() const;

  private:
    Core* core_;
};

}  // namespace wq::store
