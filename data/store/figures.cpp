#include "data/store/figures.h"

#include "data/store/core.h"

namespace wq::store {
namespace {

std::vector<Count> counted(Core& core, std::string_view sql, std::string_view department) {
    auto select = core.sql(sql);
    bind_at(select, 1, department);
    std::vector<Count> counts;
    while (select.executeStep())
        counts.push_back({text_at(select, 0), text_at(select, 1), text_at(select, 2), int_at(select, 3)});
    return counts;
}

}  // namespace

Counts Figures::counts(std::string_view department) const {
    Counts counts;
    counts.graduates = counted(*core_,
                               "SELECT department, level, '', count(*) FROM graduate"
                               " WHERE ?1 = '' OR department = ?1 GROUP BY department, level",
                               department);
    counts.in_force =
        counted(*core_,
                "SELECT department, level, destination, count(*) FROM registration WHERE destination <> ''"
                " AND (?1 = '' OR department = ?1) GROUP BY department, level, destination",
                department);
    auto select = core_->sql(
        "SELECT in_force_day, count(*) FROM registration WHERE destination <> '' AND (?1 = '' OR department "
        "= ?1)"
        " GROUP BY in_force_day ORDER BY in_force_day");
    bind_at(select, 1, department);
    while (select.executeStep()) counts.days.push_back({int_at(select, 0), int_at(select, 1)});
    return counts;
}

}  // namespace wq::store
