#include "sync/platform/listing.h"

#include "data/base/utf8.h"
#include "data/domain/hand_code.h"
#include "data/domain/lifecycle.h"

namespace wq::platform {
namespace {

// What a student only drafts is no employer's business.
bool is_known_to_employer(const domain::Registration& record) {
    return record.kind != domain::Kind::destination && record.state != domain::State::draft &&
           record.state != domain::State::discarded;
}

}  // namespace

std::string name_tag(const Database& database, std::string_view name) {
    return database.tag(trimmed(name), "graduate.name");
}

std::string employer_name_tag(const Database& database, std::string_view name) {
    return database.tag(trimmed(to_half_width(name)), "employer.name");
}

std::string student_tag(const Database& database, std::string_view student_number) {
    return database.tag(to_upper_ascii(to_half_width(student_number)), "graduate.student_number");
}

std::int64_t hand_digits(const domain::Paper& paper) {
    return static_cast<std::int64_t>(domain::hand_code(paper.digest, 1).digest);
}

ListedGraduate listed(const Database& database, const domain::Form& base) {
    return {std::string(domain::value_of(base, "department")), std::string(domain::value_of(base, "level")),
            name_tag(database, domain::value_of(base, "name")),
            student_tag(database, domain::value_of(base, "student_number"))};
}

ListedRecord listed(const domain::Registration& record) {
    ListedRecord row{{}, std::string(domain::title_of(record.form)), {}, 0};
    if (is_known_to_employer(record)) row.employer = domain::value_of(record.form, "credit_code");
    if (record.state != domain::State::effective && record.state != domain::State::terminating) return row;
    row.destination = record.kind == domain::Kind::destination ? domain::value_of(record.form, "destination")
                                                               : std::string_view("10");
    row.in_force_day = days_since_1970(day_in_china(record.effective));
    return row;
}

}  // namespace wq::platform
