// A province's staff: its schools, whether they sign by two or three parties (R08), figures over them.
#include "sync/platform/school_tables.h"
#include "sync/platform/web/fields.h"
#include "sync/platform/web/figure_parts.h"
#include "sync/platform/web/record_parts.h"

#include <algorithm>

namespace wq::platform {
namespace {

using protocol::Response;

std::vector<SchoolRow> own_schools(const Visit& visit) {
    std::vector<SchoolRow> schools;
    // An account without a province has no schools, not all.
    if (!visit.person->province.empty())
        visit.registry().look(
            [&](Database& database) { schools = schools_of(database, visit.person->province); });
    return schools;
}

bool is_set_up(const Visit& visit, const std::string& school) {
    bool has = false;
    visit.registry().look([&](Database& database) { has = SchoolTables(database, school).has_settings(); });
    return has;
}

Response schools(Visit& visit) {
    std::map<std::string, SchoolSize> sizes;
    visit.registry().look([&](Database& database) { sizes = sizes_of(database, visit.person->province); });
    std::vector<PageData> lines;
    for (const SchoolRow& school : own_schools(visit)) {
        const SchoolSize size = sizes[school.code];
        const domain::Campus campus = campus_of(visit, school.code);
        PageData line;
        line.set("path", "/p/schools/" + school.code);
        line.set("code", school.code);
        line.set("name", school.name);
        line.set("parties", is_set_up(visit, school.code)
                                ? visit.say(campus.parties() == 2 ? "parties.two" : "parties.three")
                                : visit.say("web.school.not_set_up"));
        line.set("graduates", std::to_string(size.graduates));
        line.set("registrations", std::to_string(size.registrations));
        lines.push_back(line);
    }
    PageData values;
    put(values, "schools", lines);
    return visit.page("schools", "web.nav.schools", values);
}

Response school_page(Visit& visit, const SchoolRow& school, const std::string& wrong, int status) {
    const domain::Campus campus = campus_of(visit, school.code);
    const bool has_settings = is_set_up(visit, school.code);
    PageData values;
    put(values, "facts",
        std::vector<PageData>{
            fact(visit.say("web.label.school_code"), school.code),
            fact(visit.say("label.parties"),
                 has_settings ? visit.say(campus.parties() == 2 ? "parties.two" : "parties.three")
                              : visit.say("web.school.not_set_up"))});
    values.set("is_set_up", has_settings);
    values.set("two", campus.parties() == 2);
    values.set("three", campus.parties() != 2);
    put(values, "wrong", wrong);
    values.set("saved", domain::value_of(visit.query, "done") == "saved");
    return visit.page("school", school.name, values, status);
}

Response school(Visit& visit) {
    const auto own = own_schools(visit);
    const auto at = std::ranges::find(own, visit.captured[0], &SchoolRow::code);
    if (at == own.end()) return visit.not_found();
    if (!visit.is_post()) return school_page(visit, *at, {}, 200);
    const auto set =
        visit.registry().set(at->code, {{"parties", visit.posted["parties"]}}, visit.person->account);
    if (!set) return school_page(visit, *at, visit.speech()(set.error()), 422);
    return visit.see("/p/schools/" + at->code + "?done=saved");
}

// No province's figures are the nation's.
FigureScope scope_of(const Visit& visit) {
    return {{}, {}, visit.person->province.empty() ? "-" : visit.person->province};
}
Response figures(Visit& visit) { return figures_page(visit, scope_of(visit)); }
Response figures_csv(Visit& visit) { return figures_file(visit, scope_of(visit)); }

constexpr Route kRoutes[] = {
    {"GET", "/p", kProvinces, schools},
    {"GET", "/p/schools/{school}", kProvinces, school},
    {"POST", "/p/schools/{school}", kProvinces, school},
    {"GET", "/p/figures", kProvinces, figures},
    {"GET", "/p/figures.csv", kProvinces, figures_csv},
};

}  // namespace

std::span<const Route> province_routes() { return kRoutes; }

}  // namespace wq::platform
