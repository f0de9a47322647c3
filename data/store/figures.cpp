#include "data/store/figures.h"

#include "data/store/core.h"

namespace wq::store {
namespace {

std::vector<Count> counted(Core& core, std::string_view sql, const domain::Scope& scope) {
    auto select = core.sql(sql);
    if (scope) bind_at(select, 1, *scope);
    std::vector<Count> counts;
    while (select.executeStep())
        counts.push_back({text_at(select, 0), text_at(select, 1), text_at(select, 2), int_at(select, 3)});
    return counts;
}

}  // namespace

Counts Figures::counts(const domain::Scope& scope) const {
    Counts counts;
    counts.graduates =
        counted(*core_,
                "SELECT department, level, '', count(*) FROM graduate"
                " WHERE ?1 IS NULL OR (department = ?1 AND ?1 <> '') GROUP BY department, level",
                scope);
    counts.in_force =
        counted(*core_,
                "SELECT department, level, destination, count(*) FROM registration WHERE destination <> ''"
                " AND (?1 IS NULL OR (department = ?1 AND ?1 <> '')) GROUP BY department, level, destination",
                scope);
    auto select = core_->sql(
        "SELECT in_force_day, count(*) FROM registration WHERE destination <> '' AND (?1 IS NULL OR"
        " (department = ?1 AND ?1 <> ''))"
        " GROUP BY in_force_day ORDER BY in_force_day");
    if (scope) bind_at(select, 1, *scope);
    while (select.executeStep()) counts.days.push_back({int_at(select, 0), int_at(select, 1)});
    return counts;
}

}  // namespace wq::store
