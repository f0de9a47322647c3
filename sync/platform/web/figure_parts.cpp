#include "sync/platform/web/figure_parts.h"

#include "data/domain/csv.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace wq::platform {
namespace {

using domain::FigureLine;
using protocol::Response;

std::string percent(double rate) {
    if (rate < 0) return {};
    char text[16];
    std::snprintf(text, sizeof text, "%.1f%%", rate);
    return text;
}

std::string number(std::int64_t value) { return std::to_string(value); }

domain::Figures figures_for(Visit& visit, const FigureScope& scope) {
    domain::Counts counts;
    std::vector<SchoolRow> schools;
    visit.registry().look([&](Database& database) {
        counts = counts_for(database, scope);
        schools = schools_of(database, scope.province);
    });
    domain::Figures figures = domain::figures_of(counts, visit.registry().codes());
    os::label(figures, visit.registry().codes(), visit.speech());
    // Beyond one school the departments' place is the schools'.
    if (scope.school.empty())
        for (FigureLine& line : figures.departments) {
            const auto school = std::ranges::find(schools, line.key, &SchoolRow::code);
            if (school != schools.end()) line.label = school->name;
        }
    return figures;
}

std::vector<PageData> rows_of(const std::vector<FigureLine>& lines) {
    std::int64_t most = 1;
    for (const FigureLine& line : lines) most = std::max(most, line.registered);
    std::vector<PageData> rows;
    for (const FigureLine& line : lines) {
        PageData row;
        row.set("label", line.label);
        put(row, "graduates", line.graduates > 0 ? number(line.graduates) : "");
        row.set("registered", number(line.registered));
        put(row, "placed", line.graduates > 0 ? number(line.placed) : "");
        put(row, "rate", percent(line.rate()));
        // A bar without a script or a style of its own: an element that knows its value.
        row.set("bar", number(line.rate() >= 0 ? std::llround(line.rate()) : line.registered * 100 / most));
        rows.push_back(row);
    }
    return rows;
}

struct Part {
    const char* key;
    const std::vector<FigureLine>* lines;
    bool has_rate;
};

std::vector<Part> parts_of(const domain::Figures& figures, const FigureScope& scope) {
    return {{scope.school.empty() ? "web.figures.by.school" : "figures.by.department", &figures.departments,
             true},
            {"figures.by.level", &figures.levels, true},
            {"figures.by.group", &figures.groups, false},
            {"figures.by.code", &figures.codes, false},
            {"figures.by.day", &figures.days, false}};
}

}  // namespace

Response figures_page(Visit& visit, const FigureScope& scope) {
    const domain::Figures figures = figures_for(visit, scope);
    PageData values;
    values.set("graduates", number(figures.total.graduates));
    values.set("registered", number(figures.total.registered));
    values.set("placed", number(figures.total.placed));
    values.set("rate", figures.total.rate() < 0 ? std::string("–") : percent(figures.total.rate()));
    std::vector<PageData> parts;
    for (const Part& part : parts_of(figures, scope)) {
        PageData shown;
        shown.set("name", visit.say(part.key));
        shown.set("has_rate", part.has_rate);
        put(shown, "rows", rows_of(*part.lines));
        parts.push_back(std::move(shown));
    }
    put(values, "parts", parts);
    values.set("file", visit.path() + ".csv");
    values.set("as_of", shown_time(visit.registry().now()));
    return visit.page("figures", "web.nav.figures", values);
}

Response figures_file(Visit& visit, const FigureScope& scope) {
    const domain::Figures figures = figures_for(visit, scope);
    std::string csv = "\xEF\xBB\xBF";
    const auto row = [&](std::initializer_list<std::string> cells) {
        std::string line;
        for (const std::string& cell : cells) line += (line.empty() ? "" : ",") + domain::csv_cell(cell);
        csv += line + "\r\n";
    };
    row({visit.say("figures.by"), visit.say("figures.what"), visit.say("figures.graduates"),
         visit.say("figures.registered"), visit.say("figures.placed"), visit.say("figures.rate")});
    const auto add = [&](const std::string& by, const FigureLine& line) {
        const bool has_whole = line.graduates > 0;
        row({by, line.label, has_whole ? number(line.graduates) : "", number(line.registered),
             has_whole ? number(line.placed) : "", percent(line.rate())});
    };
    add(visit.say("figures.by.total"), figures.total);
    for (const Part& part : parts_of(figures, scope))
        for (const FigureLine& line : *part.lines) add(visit.say(part.key), line);
    const ByteView bytes = bytes_of(csv);
    return visit.file({bytes.begin(), bytes.end()}, "text/csv; charset=utf-8", "figures.csv");
}

}  // namespace wq::platform
