// The school's roster as a file (R06): columns by name in any order, good rows taken, each bad row named
// with line, column and reason.
#pragma once

#include "data/domain/checks.h"

#include <string>
#include <string_view>
#include <vector>

namespace wq::domain {

struct RosterFault {
    std::size_t line = 0;  // of the file, from 1
    std::string column;    // as the file calls it; empty: the whole line
    Refusal why;
};

struct RosterReading {
    std::vector<Form> graduates;
    std::vector<RosterFault> faults;
    std::size_t rows = 0;  // without the header
};

// `text` is UTF-8. Refuses with `roster_columns_missing` {columns} a file that lacks a required column and
// `roster_empty` one without rows; then nothing is taken. `training_choices` maps the old codes 2 and 4 to
// what the school chose (R07), for example {"2", "21"}.
Result<RosterReading> read_roster(std::string_view text, std::string_view school_name, const Codes& codes,
                                  const Form& training_choices = {{"2", "21"}, {"4", "41"}});

}  // namespace wq::domain
