// What the pages read of the register: lists, figures, one record, for whoever may see it. Every reading
// takes whose eyes it is for, so that a page can't forget to ask. In the caller's transaction
// (Registry::transact). Private to sync/platform.
#pragma once

#include "data/domain/figures.h"
#include "data/domain/graduate.h"
#include "sync/platform/database.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace wq::platform {

struct SeenRecord {
    std::string school;
    domain::Registration record;
    domain::Graduate graduate;
};

struct RecordQuery {
    std::string school;
    domain::Scope scope;  // a department's staff see their own
    std::string state, kind;
    // Part of a title; or a whole name, student number, exam number or agreement number.
    std::string text;
    int page = 1;
};
inline constexpr int kRecordsOnPage = 50;

struct RecordList {
    std::vector<SeenRecord> records;
    std::int64_t total = 0;
};
RecordList records_for(Database& database, const RecordQuery& query);
std::optional<SeenRecord> record_for(Database& database, const std::string& school,
                                     const domain::Scope& scope, const Uuid& id);

// Agreements that name this employer, newest first.
std::vector<SeenRecord> agreements_of(Database& database, const std::string& credit_code);
std::optional<SeenRecord> agreement_of(Database& database, const std::string& credit_code,
                                       const std::string& school, const Uuid& id);

// The graduate for whom name, school and number (student or exam number) all fit.
std::optional<domain::Graduate> graduate_by_what_was_told(Database& database, const std::string& school,
                                                          const std::string& name, const std::string& number);

// Figures of a school, a department in it, a province (its schools in the place of departments), or the
// nation (all empty).
struct FigureScope {
    std::string school = {};
    domain::Scope department = {};
    std::string province = {};
};
domain::Counts counts_for(Database& database, const FigureScope& scope);

struct SchoolRow {
    std::string code, name, province;
};
// Of a province, or all.
std::vector<SchoolRow> schools_of(Database& database, const std::string& province);
struct SchoolSize {
    std::int64_t graduates = 0, registrations = 0;
};
std::map<std::string, SchoolSize> sizes_of(Database& database, const std::string& province);
void set_province(Database& database, const std::string& school, const std::string& province);

struct WarnedEmployer {
    std::string credit_code, name;
    std::vector<std::string> categories, schools;
};
// Marked by this school, or told to all because five schools mark it; of no school: all marks there are.
std::vector<WarnedEmployer> warned_employers(Database& database, const std::string& school);

// The papers under whose QR code these digits stand (R48); as a rule one.
struct HandPaper {
    std::string school;
    Uuid registration;
    std::int64_t revision = 0;
};
std::vector<HandPaper> papers_by_hand(Database& database, std::uint64_t digest);

}  // namespace wq::platform
