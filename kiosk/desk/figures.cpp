#include "kiosk/desk/figures.h"

#include <map>

namespace wq::desk {
namespace {

using Lines = std::map<std::string, FigureLine>;

FigureLine& line_in(Lines& lines, const std::string& key) {
    FigureLine& line = lines[key];
    line.key = key;
    return line;
}

std::vector<FigureLine> listed(Lines lines, auto label) {
    std::vector<FigureLine> list;
    for (auto& [key, line] : lines) {
        line.label = label(key);
        list.push_back(std::move(line));
    }
    return list;
}

std::string rate_group(const domain::Codes& codes, const std::string& destination) {
    const domain::Code* code = codes.table("destination").find(destination);
    return code ? std::string(code->value("rate_2024")) : std::string();
}

}  // namespace

FiguresView figures_of(Home& home, const domain::Scope& scope, const Speech& speech) {
    const store::Counts counts = home.store().figures().counts(scope);
    Lines departments, levels, codes, groups;
    FiguresView view;
    for (const store::Count& count : counts.graduates)
        for (FigureLine* line :
             {&line_in(departments, count.department), &line_in(levels, count.level), &view.total})
            line->graduates += count.count;
    for (const store::Count& count : counts.in_force) {
        const std::string group = rate_group(home.codes(), count.destination);
        for (FigureLine* line : {&line_in(departments, count.department), &line_in(levels, count.level),
                                 &line_in(codes, count.destination), &line_in(groups, group), &view.total}) {
            line->registered += count.count;
            if (!group.empty()) line->placed += count.count;
        }
    }
    const auto name_in = [&](const char* table) {
        return [&home, &speech, table](const std::string& key) {
            const domain::Code* code = home.codes().table(table).find(key);
            return code ? speech.name(*code) : key;
        };
    };
    view.total.label = speech.say("figures.total");
    view.departments = listed(std::move(departments), [](const std::string& key) { return key; });
    view.levels = listed(std::move(levels), name_in("level"));
    view.codes = listed(std::move(codes), name_in("destination"));
    view.groups = listed(std::move(groups), [&](const std::string& key) {
        return speech.say("figures.group." + (key.empty() ? std::string("none") : key));
    });
    for (const store::DayCount& day : counts.days) {
        const std::string iso = to_iso(day_of(day.day));
        view.days.push_back({iso, iso, 0, 0, day.count});
    }
    return view;
}

}  // namespace wq::desk
