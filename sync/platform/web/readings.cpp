#include "sync/platform/web/readings.h"

#include "data/base/utf8.h"
#include "sync/platform/employers.h"
#include "sync/platform/listing.h"
#include "sync/platform/school_tables.h"

#include <algorithm>
#include <map>

namespace wq::platform {
namespace {

using soci::into, soci::use;

constexpr std::int64_t kMostAgreements = 500;

// As a part anywhere, whatever stands in it.
std::string like(const std::string& text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

SeenRecord seen(Database& database, const std::string& school, const std::string& sealed) {
    const auto value = cbor::decode(database.open(sealed, kRecordPlace));
    auto record = value ? domain::registration_from_cbor(*value) : std::nullopt;
    if (!record) throw Fault("a record can't be read");
    auto graduate = SchoolTables(database, school).graduate(record->exam_number);
    return {school, std::move(*record), std::move(graduate).value_or(domain::Graduate{})};
}

constexpr const char* kRecordsWhere =
    " FROM registration r JOIN graduate g ON g.school = r.school AND g.exam_number = r.exam_number"
    " WHERE r.school = :school AND r.state <> 'draft' AND (:all = 1 OR (g.department = :department AND"
    " g.department <> '')) AND (:state = '' OR r.state = :state) AND (:kind = '' OR r.kind = :kind)"
    " AND (:text = '' OR r.exam_number = :text OR r.number = :text OR g.name_tag = :name OR"
    " g.student_tag = :student OR r.title LIKE :like ESCAPE '\\')";

// Of a whole school, which is what is looked at most, by the index alone.
std::int64_t count_all(Database& database, const RecordQuery& query) {
    std::int64_t total = 0;
    database.sql() << "SELECT count(*) FROM registration WHERE school = :school AND state <> 'draft' AND"
                      " (:state = '' OR state = :state) AND (:kind = '' OR kind = :kind)",
        use(query.school, "school"), use(query.state, "state"), use(query.kind, "kind"), into(total);
    return total;
}

}  // namespace

RecordList records_for(Database& database, const RecordQuery& query) {
    const int all = query.scope ? 0 : 1;
    const std::string department = query.scope.value_or(""), name = name_tag(database, query.text),
                      student = student_tag(database, query.text), pattern = like(query.text);
    const int limit = kRecordsOnPage, offset = (std::max(query.page, 1) - 1) * kRecordsOnPage;
    RecordList list;
    std::string sealed;
    if (!query.scope && query.text.empty())
        list.total = count_all(database, query);
    else
        database.sql() << std::string("SELECT count(*)") + kRecordsWhere, use(query.school, "school"),
            use(all, "all"), use(department, "department"), use(query.state, "state"),
            use(query.kind, "kind"), use(query.text, "text"), use(name, "name"), use(student, "student"),
            use(pattern, "like"), into(list.total);
    std::vector<std::string> records;
    soci::statement rows =
        (database.sql().prepare << std::string("SELECT r.record") + kRecordsWhere +
                                       " ORDER BY r.changed DESC, r.registration LIMIT :limit OFFSET :offset",
         use(query.school, "school"), use(all, "all"), use(department, "department"),
         use(query.state, "state"), use(query.kind, "kind"), use(query.text, "text"), use(name, "name"),
         use(student, "student"), use(pattern, "like"), use(limit, "limit"), use(offset, "offset"),
         into(sealed));
    for (rows.execute(); rows.fetch();) records.push_back(sealed);
    for (const std::string& record : records) list.records.push_back(seen(database, query.school, record));
    return list;
}

std::optional<SeenRecord> record_for(Database& database, const std::string& school,
                                     const domain::Scope& scope, const Uuid& id) {
    SchoolTables tables(database, school);
    auto record = tables.registration(id);
    if (!record) return std::nullopt;
    auto graduate = tables.graduate(record->exam_number);
    if (!graduate) return std::nullopt;
    if (scope && (scope->empty() || (*graduate)["department"] != *scope)) return std::nullopt;
    return SeenRecord{school, std::move(*record), std::move(*graduate)};
}

std::vector<SeenRecord> agreements_of(Database& database, const std::string& credit_code) {
    std::string school, sealed;
    std::vector<std::pair<std::string, std::string>> found;
    soci::statement rows =
        (database.sql().prepare << "SELECT school, record FROM registration WHERE employer = :employer AND"
                                   " employer <> '' ORDER BY changed DESC LIMIT :most",
         use(credit_code), use(kMostAgreements), into(school), into(sealed));
    for (rows.execute(); rows.fetch();) found.emplace_back(school, sealed);
    std::vector<SeenRecord> agreements;
    for (const auto& [of_school, record] : found) agreements.push_back(seen(database, of_school, record));
    return agreements;
}

std::optional<SeenRecord> agreement_of(Database& database, const std::string& credit_code,
                                       const std::string& school, const Uuid& id) {
    auto found = record_for(database, school, std::nullopt, id);
    if (!found || credit_code.empty() || listed(found->record).employer != credit_code) return std::nullopt;
    return found;
}

std::optional<domain::Graduate> graduate_by_what_was_told(Database& database, const std::string& school,
                                                          const std::string& name,
                                                          const std::string& number) {
    const std::string plain = to_upper_ascii(to_half_width(number)), tag = student_tag(database, number);
    std::string exam_number;
    std::vector<std::string> candidates;
    soci::statement rows =
        (database.sql().prepare << "SELECT exam_number FROM graduate WHERE school = :school"
                                   " AND (exam_number = :number OR student_tag = :tag)",
         use(school), use(plain), use(tag), into(exam_number));
    for (rows.execute(); rows.fetch();) candidates.push_back(exam_number);
    SchoolTables tables(database, school);
    std::optional<domain::Graduate> found;
    for (const std::string& candidate : candidates)
        if (auto graduate = tables.graduate(candidate); graduate && (*graduate)["name"] == trimmed(name))
            found = std::move(graduate);
    return found;
}

domain::Counts counts_for(Database& database, const FigureScope& scope) {
    const std::string by = scope.school.empty() ? "g.school" : "g.department";
    const std::string where =
        " WHERE g.school >= :from AND g.school <= :to AND (:all = 1 OR (g.department = :department AND"
        " g.department <> '')) AND (:province = '' OR s.province = :province)";
    const std::string graduates = " FROM graduate g JOIN school s ON s.school = g.school",
                      in_force =
                          " FROM registration r JOIN graduate g ON g.school = r.school AND g.exam_number ="
                          " r.exam_number JOIN school s ON s.school = g.school";
    // A range, so that a school's figures read its rows alone.
    const std::string from = scope.school, to = scope.school.empty() ? "99999" : scope.school;
    const int all = scope.department ? 0 : 1;
    const std::string department = scope.department.value_or("");
    domain::Counts counts;
    domain::Count count;
    const auto read = [&](const std::string& query, std::vector<domain::Count>& list) {
        soci::statement rows =
            (database.sql().prepare << query, use(from, "from"), use(to, "to"), use(all, "all"),
             use(department, "department"), use(scope.province, "province"), into(count.department),
             into(count.level), into(count.destination), into(count.count));
        for (rows.execute(); rows.fetch();) list.push_back(count);
    };
    read("SELECT " + by + ", g.level, '', count(*)" + graduates + where + " GROUP BY " + by + ", g.level",
         counts.graduates);
    read("SELECT " + by + ", g.level, r.destination, count(*)" + in_force + where +
             " AND r.destination <> '' GROUP BY " + by + ", g.level, r.destination",
         counts.in_force);
    domain::DayCount day;
    soci::statement rows = (database.sql().prepare << "SELECT r.in_force_day, count(*)" + in_force + where +
                                                          " AND r.destination <> '' GROUP BY r.in_force_day"
                                                          " ORDER BY r.in_force_day",
                            use(from, "from"), use(to, "to"), use(all, "all"), use(department, "department"),
                            use(scope.province, "province"), into(day.day), into(day.count));
    for (rows.execute(); rows.fetch();) counts.days.push_back(day);
    return counts;
}

std::vector<SchoolRow> schools_of(Database& database, const std::string& province) {
    SchoolRow row;
    std::vector<SchoolRow> schools;
    soci::statement rows =
        (database.sql().prepare << "SELECT school, name, province FROM school WHERE"
                                   " (:province = '' OR province = :province) ORDER BY school",
         use(province, "province"), into(row.code), into(row.name), into(row.province));
    for (rows.execute(); rows.fetch();) schools.push_back(row);
    return schools;
}

std::map<std::string, SchoolSize> sizes_of(Database& database, const std::string& province) {
    std::string school;
    std::int64_t count = 0;
    std::map<std::string, SchoolSize> sizes;
    const auto read = [&](const std::string& table, std::int64_t SchoolSize::*size) {
        soci::statement rows =
            (database.sql().prepare << "SELECT t.school, count(*) FROM " + table +
                                           " t JOIN school s ON s.school = t.school"
                                           " WHERE s.province = :province GROUP BY t.school",
             use(province), into(school), into(count));
        for (rows.execute(); rows.fetch();) sizes[school].*size = count;
    };
    read("graduate", &SchoolSize::graduates);
    read("registration", &SchoolSize::registrations);
    return sizes;
}

void set_province(Database& database, const std::string& school, const std::string& province) {
    database.sql() << "UPDATE school SET province = :province WHERE school = :school", use(province),
        use(school);
}

namespace {

// As its account says, or some school's directory.
std::string employer_name(Database& database, const std::string& credit_code) {
    const auto account = Employers(database).find(credit_code);
    if (const auto name = domain::value_of(account.form, "employer_name"); !name.empty())
        return std::string(name);
    std::string title;
    database.sql() << "SELECT title FROM registration WHERE employer = :employer LIMIT 1", use(credit_code),
        into(title);
    if (database.sql().got_data() && !title.empty()) return title;
    return SchoolTables::employer_name_in_directory(database, credit_code);
}

constexpr std::size_t kSchoolsForAll = 5;

}  // namespace

std::vector<WarnedEmployer> warned_employers(Database& database, const std::string& school) {
    std::string credit_code, of_school, category;
    std::map<std::string, WarnedEmployer> by_code;
    soci::statement rows = (database.sql().prepare << "SELECT credit_code, school, category FROM warning"
                                                      " ORDER BY credit_code, school",
                            into(credit_code), into(of_school), into(category));
    for (rows.execute(); rows.fetch();) {
        WarnedEmployer& employer = by_code[credit_code];
        employer.credit_code = credit_code;
        employer.schools.push_back(of_school);
        if (!std::ranges::count(employer.categories, category)) employer.categories.push_back(category);
    }
    std::vector<WarnedEmployer> employers;
    for (auto& [code, employer] : by_code) {
        const bool is_own = std::ranges::count(employer.schools, school) > 0;
        if (!school.empty() && !is_own && employer.schools.size() < kSchoolsForAll) continue;
        employer.name = employer_name(database, code);
        employers.push_back(std::move(employer));
    }
    return employers;
}

std::vector<HandPaper> papers_by_hand(Database& database, std::uint64_t digest) {
    const auto hand = static_cast<std::int64_t>(digest);
    std::string id;
    HandPaper paper;
    std::vector<HandPaper> papers;
    soci::statement rows = (database.sql().prepare << "SELECT school, registration, revision FROM paper"
                                                      " WHERE hand = :hand ORDER BY school, registration",
                            use(hand), into(paper.school), into(id), into(paper.revision));
    for (rows.execute(); rows.fetch();) {
        paper.registration = uuid_from_text(id).value_or(Uuid{});
        papers.push_back(paper);
    }
    return papers;
}

}  // namespace wq::platform
