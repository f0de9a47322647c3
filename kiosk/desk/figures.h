// Figures as people read them (R47): placement by department, level, code and day, and the rate of the rules
// of 2024 (教就业厅函〔2024〕11号: employer, venture, freelance and study over all graduates), its groups out
// of the code table. A department sees its own.
#pragma once

#include "kiosk/desk/home.h"

#include <string>
#include <vector>

namespace wq::desk {

struct FigureLine {
    std::string key;  // department, code or day
    std::string label;
    std::int64_t graduates = 0;   // 0 where lines have no such whole (code, day)
    std::int64_t placed = 0;      // counted by the rate
    std::int64_t registered = 0;  // in force, counted or not

    // Of 100, or nothing to say: -1.
    double rate() const {
        return graduates > 0 ? 100.0 * static_cast<double>(placed) / static_cast<double>(graduates) : -1;
    }
};

struct FiguresView {
    FigureLine total;
    std::vector<FigureLine> departments, levels, codes, groups, days;
};

FiguresView figures_of(Home& home, const domain::Scope& scope, const Speech& speech);

}  // namespace wq::desk
