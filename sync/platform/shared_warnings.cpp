#include "sync/platform/shared_warnings.h"

#include "sync/platform/author.h"

namespace wq::platform {

using soci::into, soci::use;

namespace {

constexpr std::int64_t kSchoolsForAll = 5;

}  // namespace

void SharedWarnings::share() {
    ByEmployer now = marked();
    const ByEmployer before = told();
    // Of what is marked no more that is told, too.
    for (const auto& [credit_code, marks] : before) now.try_emplace(credit_code);
    for (const auto& [credit_code, marks] : now) {
        const auto at = before.find(credit_code);
        const Marks known = at == before.end() ? Marks{} : at->second;
        if (marks == known || (marks.schools < kSchoolsForAll && known.schools < kSchoolsForAll)) continue;
        soci::transaction transaction(sql());
        for (const School& school : Nodes(*database_).schools()) say(school.code, credit_code, marks);
        note_told(credit_code, marks);
        transaction.commit();
    }
}

void SharedWarnings::tell(const std::string& school) {
    for (const auto& [credit_code, marks] : told())
        if (marks.schools >= kSchoolsForAll) say(school, credit_code, marks);
}

SharedWarnings::ByEmployer SharedWarnings::marked() {
    ByEmployer marked;
    std::string credit_code, category;
    soci::statement rows =
        (sql().prepare << "SELECT credit_code, category FROM warning ORDER BY credit_code, category",
         into(credit_code), into(category));
    rows.execute();
    while (rows.fetch()) {
        Marks& marks = marked[credit_code];
        ++marks.schools;
        if (marks.categories.find(category) == std::string::npos)
            marks.categories += (marks.categories.empty() ? "" : ",") + category;
    }
    return marked;
}

SharedWarnings::ByEmployer SharedWarnings::told() {
    ByEmployer told;
    std::string credit_code;
    Marks marks;
    soci::statement rows = (sql().prepare << "SELECT credit_code, schools, categories FROM warning_told",
                            into(credit_code), into(marks.schools), into(marks.categories));
    rows.execute();
    while (rows.fetch()) told[credit_code] = marks;
    return told;
}

void SharedWarnings::say(const std::string& school, const std::string& credit_code, const Marks& marks) {
    cbor::Value body;
    body.set("credit_code", credit_code).set("schools", marks.schools).set("categories", marks.categories);
    Author author(*database_, *codes_, *random_, school, now_);
    const auto said = author.say(domain::event_type::kSharedWarning, std::move(body));
    if (!said) throw Fault("a warning can't be told: " + said.error().code);
}

void SharedWarnings::note_told(const std::string& credit_code, const Marks& marks) {
    sql() << "INSERT INTO warning_told (credit_code, schools, categories)"
             " VALUES (:code, :schools, :categories) ON CONFLICT (credit_code)"
             " DO UPDATE SET schools = excluded.schools, categories = excluded.categories",
        use(credit_code), use(marks.schools), use(marks.categories);
}

}  // namespace wq::platform
