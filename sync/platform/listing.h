// What lists, figures and searches read of a row without opening what is sealed in it: columns beside the
// sealed value, filled by whoever writes the row. Names of people stand there as keyed digests only. Private
// to sync/platform.
#pragma once

#include "sync/platform/database.h"

namespace wq::platform {

struct ListedGraduate {
    std::string department, level;
    std::string name_tag, student_tag;  // of name and student number
};
ListedGraduate listed(const Database& database, const domain::Form& base);

struct ListedRecord {
    std::string employer;           // its credit code, of agreements that the employer may know of
    std::string title;              // what the record is known by
    std::string destination;        // the code that figures count it under while it is in force
    std::int64_t in_force_day = 0;  // since 1970, in China
};
ListedRecord listed(const domain::Registration& record);

// The digits of a paper's hand code (R48), for the column `hand`.
std::int64_t hand_digits(const domain::Paper& paper);

std::string name_tag(const Database& database, std::string_view name);
std::string employer_name_tag(const Database& database, std::string_view name);
std::string student_tag(const Database& database, std::string_view student_number);

inline constexpr std::string_view kListTables[] = {
    // Two digits of GB/T 2260, as the operator gives it.
    "ALTER TABLE school ADD COLUMN province TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE graduate ADD COLUMN department TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE graduate ADD COLUMN level TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE graduate ADD COLUMN name_tag TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE graduate ADD COLUMN student_tag TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX graduate_of_department ON graduate (school, department, level)",
    "CREATE INDEX graduate_of_name ON graduate (school, name_tag)",
    "CREATE INDEX graduate_of_number ON graduate (school, student_tag)",
    "ALTER TABLE registration ADD COLUMN employer TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE registration ADD COLUMN title TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE registration ADD COLUMN destination TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE registration ADD COLUMN in_force_day BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE registration ADD COLUMN changed BIGINT NOT NULL DEFAULT 0",
    "CREATE INDEX registration_changed ON registration (school, changed)",
    "CREATE INDEX registration_of_employer ON registration (employer, changed) WHERE employer <> ''",
    "CREATE INDEX registration_in_force ON registration (school, destination, exam_number)"
    " WHERE destination <> ''",
    "CREATE INDEX employer_of_code ON employer (credit_code)",
    // The digits of the code under a page's QR code (R48); -1 where the paper was ended before they were
    // kept.
    "ALTER TABLE paper ADD COLUMN hand BIGINT NOT NULL DEFAULT -1",
    "CREATE INDEX paper_by_hand ON paper (hand)",
};

}  // namespace wq::platform
