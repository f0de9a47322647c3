// Figures (R47): placement by department, level, code and day, and the rate of the rules of 2024 (教就业厅函
// 〔2024〕11号: employer, venture, freelance and study over all graduates), its groups out of the code table.
// Pure: a desk's store and the platform's tables count, here the counts become lines.
#pragma once

#include "data/domain/codes.h"

#include <cstdint>
#include <string>
#include <vector>

namespace wq::domain {

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

struct FigureLine {
    std::string key;  // department, code, group or day
    std::string label = {};
    std::int64_t graduates = 0;   // 0 where lines have no such whole (code, day)
    std::int64_t placed = 0;      // counted by the rate
    std::int64_t registered = 0;  // in force, counted or not

    // Of 100, or nothing to say: -1.
    double rate() const {
        return graduates > 0 ? 100.0 * static_cast<double>(placed) / static_cast<double>(graduates) : -1;
    }
};

struct Figures {
    FigureLine total;
    std::vector<FigureLine> departments, levels, codes, groups, days;
};

// Labels are left to who shows them.
Figures figures_of(const Counts& counts, const Codes& codes);

}  // namespace wq::domain
