#include "data/domain/figures.h"

#include "data/base/time.h"

#include <map>

namespace wq::domain {
namespace {

using Lines = std::map<std::string, FigureLine>;

FigureLine& line_in(Lines& lines, const std::string& key) {
    FigureLine& line = lines[key];
    line.key = key;
    return line;
}

std::vector<FigureLine> listed(Lines lines) {
    std::vector<FigureLine> list;
    for (auto& [key, line] : lines) list.push_back(std::move(line));
    return list;
}

std::string rate_group(const Codes& codes, const std::string& destination) {
    const Code* code = codes.table("destination").find(destination);
    return code ? std::string(code->value("rate_2024")) : std::string();
}

}  // namespace

Figures figures_of(const Counts& counts, const Codes& table) {
    Lines departments, levels, codes, groups;
    Figures figures;
    for (const Count& count : counts.graduates)
        for (FigureLine* line :
             {&line_in(departments, count.department), &line_in(levels, count.level), &figures.total})
            line->graduates += count.count;
    for (const Count& count : counts.in_force) {
        const std::string group = rate_group(table, count.destination);
        for (FigureLine* line :
             {&line_in(departments, count.department), &line_in(levels, count.level),
              &line_in(codes, count.destination), &line_in(groups, group), &figures.total}) {
            line->registered += count.count;
            if (!group.empty()) line->placed += count.count;
        }
    }
    figures.departments = listed(std::move(departments));
    figures.levels = listed(std::move(levels));
    figures.codes = listed(std::move(codes));
    figures.groups = listed(std::move(groups));
    for (const DayCount& day : counts.days)
        figures.days.push_back({.key = to_iso(day_of(day.day)), .registered = day.count});
    return figures;
}

}  // namespace wq::domain
