// The fields of every form: one line each, from which the windows, the checks, JSON, CSV, the paper and the
// documentation follow. Keys are used word for word in SQL, JSON and the wire.
#pragma once

#include <span>
#include <string_view>

namespace wq::domain {

enum class FieldKind {
    text,         // one line
    long_text,    // several lines
    code,         // of the code table named in Field::table
    region,       // of the table `region`, down to its lowest level
    yes_no,       // "yes" or "no"
    credit_code,  // GB 32100-2015
    resident_id,  // GB 11643-1999 and its kin
    mobile,       // 11 digits
    phone,        // with area code, or 400/800
    email,
    date,   // YYYY-MM-DD
    month,  // YYYYMM
    number,
};

enum class Need { required, optional };

struct Field {
    std::string_view key;
    std::string_view name_zh;
    std::string_view name_en;
    FieldKind kind;
    Need need;
    int max_length;          // code points
    std::string_view table;  // for FieldKind::code
    int step;                // page of the form on the kiosk, from 1; 0: not asked there
    std::string_view also;   // other column names in imported files, separated by |
};

// The agreement, R28.
std::span<const Field> agreement_fields();
// An agreement that was signed on paper (R19): the same, and what stands on that paper.
std::span<const Field> supplement_fields();
// All that any other destination asks for (R24); which of it, destinations.h says by code. `need` here is
// always optional.
std::span<const Field> destination_fields();
// The graduate's base data, R06 and R12.
std::span<const Field> graduate_fields();
// An employer of the directory.
std::span<const Field> employer_fields();
// Its account on the platform, with the signing officer and the bank (R31).
std::span<const Field> account_fields();

const Field* find_field(std::span<const Field> fields, std::string_view key);
const Field* find_field_named(std::span<const Field> fields, std::string_view column);

}  // namespace wq::domain
