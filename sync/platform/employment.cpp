#include "sync/platform/employment.h"

#include "data/domain/employment_plan.h"
#include "sync/platform/bulk.h"
#include "sync/platform/school_tables.h"

#include <algorithm>
#include <limits>
#include <map>

namespace wq::platform {
namespace {

using soci::into, soci::use;

cbor::Value decoded(const Bytes& bytes) { return cbor::decode(bytes).value_or(cbor::Value{}); }

}  // namespace

// `record` is empty where nothing is in force.
std::vector<std::string> Employment::line_of(const std::string& base, const std::string& record) const {
    domain::Graduate graduate;
    graduate.base = domain::form_from_cbor(decoded(database_->open(base, kGraduatePlace)));
    if (record.empty()) return domain::plan_row(graduate, nullptr, *codes_);
    const auto in_force = domain::registration_from_cbor(decoded(database_->open(record, kRecordPlace)));
    if (!in_force) throw Fault("a registration can't be read");
    return domain::plan_row(graduate, &*in_force, *codes_);
}

std::size_t Employment::each(const std::optional<std::string>& department,
                             const std::function<void(const std::vector<std::string>&)>& take) {
    const std::string only = department.value_or(""), all = department ? "no" : "yes";
    std::string base, record;
    soci::statement rows =
        (database_->sql().prepare
             << "SELECT g.base, coalesce(r.record, '') FROM graduate g LEFT JOIN registration r"
                " ON r.school = g.school AND r.exam_number = g.exam_number AND r.destination <> ''"
                " WHERE g.school = :school AND (:all = 'yes' OR (g.department = :department AND"
                " g.department <> ''))"
                " ORDER BY g.exam_number",
         use(school_), use(all), use(only), into(base), into(record));
    std::size_t count = 0;
    for (rows.execute(); rows.fetch(); ++count) take(line_of(base, record));
    return count;
}

// Who has changed in (after, upto], by the last change.
std::vector<std::pair<std::string, std::int64_t>> Employment::changes(std::int64_t after, std::int64_t upto,
                                                                      std::int64_t limit) {
    std::string exam_number;
    std::int64_t since = 0;
    std::vector<std::pair<std::string, std::int64_t>> changes;
    soci::statement rows =
        (database_->sql().prepare
             << "SELECT exam_number, max(since) FROM (SELECT exam_number, since FROM registration"
                " WHERE school = :school AND since > :after AND state IN ('effective', 'terminating',"
                " 'terminated', 'deleted') UNION ALL SELECT g.exam_number, g.since FROM graduate g"
                " JOIN registration r ON r.school = g.school AND r.exam_number = g.exam_number"
                " AND r.destination <> '' WHERE g.school = :school2 AND g.since > :after2) changed"
                " GROUP BY exam_number HAVING max(since) <= :upto ORDER BY max(since), exam_number"
                " LIMIT :limit",
         use(school_), use(after), use(school_), use(after), use(upto), use(limit), into(exam_number),
         into(since));
    for (rows.execute(); rows.fetch();) changes.emplace_back(exam_number, since);
    return changes;
}

PlanPage Employment::changed(std::int64_t after, std::int64_t limit) {
    constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();
    auto changed = changes(after, kAll, limit);
    PlanPage page{{}, after, static_cast<std::int64_t>(changed.size()) < limit};
    if (changed.empty()) return page;
    page.through = changed.back().second;
    // One event may have changed more than fit.
    if (!page.is_last) changed = changes(after, page.through, kAll);
    std::vector<std::string> exam_numbers;
    for (const auto& [exam_number, since] : changed) exam_numbers.push_back(exam_number);
    std::map<std::string, std::vector<std::string>> lines;
    std::string exam_number, base, record;
    select_in(
        *database_,
        "SELECT g.exam_number, g.base, coalesce(r.record, '') FROM graduate g LEFT JOIN registration r"
        " ON r.school = g.school AND r.exam_number = g.exam_number AND r.destination <> ''"
        " WHERE g.school = :school AND g.exam_number",
        school_, exam_numbers,
        [&](soci::statement& rows) {
            rows.exchange(into(exam_number));
            rows.exchange(into(base));
            rows.exchange(into(record));
        },
        [&] { lines[exam_number] = line_of(base, record); });
    for (const auto& [whose, since] : changed)
        if (const auto line = lines.find(whose); line != lines.end())
            page.lines.push_back({since, std::move(line->second)});
    return page;
}

}  // namespace wq::platform
