#include "kiosk/desk/exporting.h"

#include "data/domain/employment_plan.h"
#include "data/os/sheet.h"

#include <cstdio>

namespace wq::desk {
namespace {

using Row = os::SheetRow;

std::size_t each_destination(Home& home, const domain::Scope& scope, const Row& row) {
    row(domain::plan_header());
    std::size_t rows = 0;
    home.store().graduates().each(scope, [&](const domain::Graduate& graduate) {
        const auto record = home.store().registrations().in_force(graduate.exam_number());
        row(domain::plan_row(graduate, record ? &*record : nullptr, home.codes()));
        ++rows;
    });
    return rows;
}

// As it is imported: the same columns, codes as codes.
std::size_t each_graduate(Home& home, const domain::Scope& scope, const Row& row) {
    std::vector<std::string> cells;
    for (const domain::Field& field : domain::graduate_fields()) cells.emplace_back(field.name_zh);
    row(cells);
    std::size_t rows = 0;
    home.store().graduates().each(scope, [&](const domain::Graduate& graduate) {
        cells.clear();
        for (const domain::Field& field : domain::graduate_fields()) cells.emplace_back(graduate[field.key]);
        row(cells);
        ++rows;
    });
    return rows;
}

std::size_t each_figure(const FiguresView& figures, const Speech& speech, const Row& row) {
    row({speech.say("figures.by"), speech.say("figures.what"), speech.say("figures.graduates"),
         speech.say("figures.registered"), speech.say("figures.placed"), speech.say("figures.rate")});
    std::size_t rows = 0;
    const auto add = [&](const char* by, const std::vector<FigureLine>& lines) {
        for (const FigureLine& line : lines) {
            char rate[16] = "";
            if (line.rate() >= 0) std::snprintf(rate, sizeof rate, "%.2f %%", line.rate());
            row({speech.say(std::string("figures.by.") + by), line.label,
                 line.graduates > 0 ? std::to_string(line.graduates) : "", std::to_string(line.registered),
                 std::to_string(line.placed), rate});
            ++rows;
        }
    };
    add("total", {figures.total});
    add("department", figures.departments);
    add("level", figures.levels);
    add("code", figures.codes);
    add("group", figures.groups);
    add("day", figures.days);
    return rows;
}

}  // namespace

Result<std::size_t> export_destinations(Home& home, const std::filesystem::path& file,
                                        const domain::Scope& scope) {
    return os::write_sheet(file, "毕业去向",
                           [&](const Row& row) { return each_destination(home, scope, row); });
}

Result<std::size_t> export_roster(Home& home, const std::filesystem::path& file, const domain::Scope& scope) {
    return os::write_sheet(file, "生源信息", [&](const Row& row) { return each_graduate(home, scope, row); });
}

Result<std::size_t> export_figures(const FiguresView& figures, const std::filesystem::path& file,
                                   const Speech& speech) {
    return os::write_sheet(file, "统计", [&](const Row& row) { return each_figure(figures, speech, row); });
}

}  // namespace wq::desk
