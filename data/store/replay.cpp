#include "data/store/replay.h"

#include "data/store/projection.h"

#include <algorithm>

namespace wq::store {
namespace {

namespace type = domain::event_type;

constexpr std::string_view kGraduates[] = {type::kRoster, type::kConfirm};
constexpr std::string_view kEmployers[] = {type::kEmployers}, kAccounts[] = {type::kAccounts},
                           kSettings[] = {type::kSettings}, kTrust[] = {type::kTrust},
                           kWarnings[] = {type::kWarning}, kShared[] = {type::kSharedWarning};

constexpr CampusTable kTables[] = {
    {"setting", kSettings, "key, value", ""},
    {"trusted_key", kTrust, "spki, entry", ""},
    {"graduate", kGraduates,
     "exam_number, name, department, resident_tag, mobile_tag, email_tag, level, initials, student_number, "
     "revision,"
     " confirmed_revision, confirmed_ms, base",
     "graduate.base"},
    {"account", kAccounts, "account, role, department, display_name, verifier", ""},
    {"employer", kEmployers, "credit_code, name, entry", "employer.entry"},
    {"warning", kWarnings, "credit_code, entry", "warning.entry"},
    {"shared_warning", kShared, "credit_code, schools, categories", ""},
};

// Of constants, so that nothing foreign gets into the SQL.
std::string quoted(std::span<const std::string_view> types) {
    std::string names;
    for (std::string_view name : types) names += (names.empty() ? "'" : ", '") + std::string(name) + "'";
    return names;
}

}  // namespace

std::span<const CampusTable> campus_tables() { return kTables; }

void replay_events(Core& core, std::span<const std::string_view> types, Core& into) {
    auto select = core.sql("SELECT bytes FROM event WHERE type IN (" + quoted(types) +
                           ") AND (verdict IS NULL OR verdict = 'accepted')"
                           " ORDER BY feed IS NULL, feed, seq");
    while (select.executeStep())
        if (const auto event = domain::decode_event(core.unseal(bytes_at(select, 0), "event.bytes")))
            project(into, *event);
}

void rebuild_campus(Core& core, std::string_view type) {
    const auto table = std::ranges::find_if(
        kTables, [&](const CampusTable& one) { return std::ranges::count(one.types, type) > 0; });
    if (table == std::end(kTables)) return;
    core.sql("DELETE FROM " + std::string(table->name)).exec();
    replay_events(core, table->types, core);
    if (table->name != "graduate") return;
    core.sql("UPDATE registration SET department = '', level = '', student_name = '', initials = ''").exec();
    core.sql(
            "UPDATE registration AS r SET department = g.department, level = g.level, student_name = g.name,"
            " initials = g.initials FROM graduate g WHERE g.exam_number = r.exam_number")
        .exec();
}

}  // namespace wq::store
