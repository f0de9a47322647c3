#include "sync/platform/shared_warnings.h"

#include "sync/platform/author.h"

#include <exception>

namespace wq::platform {

using soci::into, soci::use;

namespace {

constexpr std::int64_t kSchoolsForAll = 5;

}  // namespace

void SharedWarnings::share() {
    std::map<std::string, ByEmployer> untold;
    world_.connections->read([&](Database& database) {
        untold.clear();
        const ByEmployer now = marked(database);
        for (const School& school : Nodes(database).schools())
            if (ByEmployer its = news(now, told(database, school.code)); !its.empty())
                untold.emplace(school.code, std::move(its));
    });
    // A school whose row is held keeps nobody else from being told; where more fail, the database is away.
    constexpr int kHeld = 3;
    std::exception_ptr failed;
    int failures = 0;
    for (const auto& [school, its] : untold) try {
            tell(school, its);
        } catch (const DatabaseAway&) {
            failed = std::current_exception();
            if (++failures > kHeld) break;
        }
    if (failed) std::rethrow_exception(failed);
}

// They come by category.
void SharedWarnings::add(Marks& marks, const std::string& category) {
    ++marks.schools;
    if (!("," + marks.categories).ends_with("," + category))
        marks.categories += (marks.categories.empty() ? "" : ",") + category;
}

// From five schools on; where it was told before, also that they are fewer now.
SharedWarnings::ByEmployer SharedWarnings::news(const ByEmployer& marked, const ByEmployer& told) {
    ByEmployer news;
    for (const auto& [credit_code, marks] : marked)
        if (marks.schools >= kSchoolsForAll && !told.contains(credit_code)) news.emplace(credit_code, marks);
    for (const auto& [credit_code, known] : told) {
        const auto at = marked.find(credit_code);
        const Marks marks = at == marked.end() ? Marks{} : at->second;
        if (marks != known && (marks.schools >= kSchoolsForAll || known.schools >= kSchoolsForAll))
            news.emplace(credit_code, marks);
    }
    return news;
}

SharedWarnings::ByEmployer SharedWarnings::marked(Database& database) {
    ByEmployer marked;
    std::string credit_code, category;
    soci::statement rows =
        (database.sql().prepare << "SELECT credit_code, category FROM warning ORDER BY credit_code, category",
         into(credit_code), into(category));
    rows.execute();
    while (rows.fetch()) add(marked[credit_code], category);
    return marked;
}

SharedWarnings::Marks SharedWarnings::marks_of(Database& database, const std::string& credit_code) {
    Marks marks;
    std::string category;
    soci::statement rows =
        (database.sql().prepare << "SELECT category FROM warning WHERE credit_code = :code ORDER BY category",
         use(credit_code), into(category));
    for (rows.execute(); rows.fetch();) add(marks, category);
    return marks;
}

SharedWarnings::ByEmployer SharedWarnings::told(Database& database, const std::string& school) {
    ByEmployer told;
    std::string credit_code;
    Marks marks;
    soci::statement rows =
        (database.sql().prepare
             << "SELECT credit_code, schools, categories FROM shared_warning WHERE school = :school",
         use(school), into(credit_code), into(marks.schools), into(marks.categories));
    rows.execute();
    while (rows.fetch()) told[credit_code] = marks;
    return told;
}

void SharedWarnings::tell(const std::string& school, const ByEmployer& untold) {
    world_.connections->write([&](Database& database) {
        Ledger ledger(database, *world_.campuses, *world_.codes, school, now_);
        ByEmployer before = told(database, school), now;
        std::erase_if(before, [&](const auto& one) { return !untold.contains(one.first); });
        // Read with the school's feed locked: who tells last tells what is so, and what was told since is
        // not told again.
        for (const auto& [credit_code, marks] : untold) now[credit_code] = marks_of(database, credit_code);
        Author author(ledger, *world_.random);
        for (const auto& [credit_code, marks] : news(now, before)) {
            cbor::Value body;
            body.set("credit_code", credit_code).set("schools", marks.schools);
            body.set("categories", marks.categories);
            if (auto said = author.say(domain::event_type::kSharedWarning, std::move(body)); !said)
                throw Fault("a warning can't be told: " + said.error().code);
            database.sql() << "INSERT INTO shared_warning (school, credit_code, schools, categories)"
                              " VALUES (:school, :code, :schools, :categories)"
                              " ON CONFLICT (school, credit_code) DO UPDATE SET schools = excluded.schools,"
                              " categories = excluded.categories",
                use(school), use(credit_code), use(marks.schools), use(marks.categories);
        }
        ledger.finish();
    });
}

}  // namespace wq::platform
