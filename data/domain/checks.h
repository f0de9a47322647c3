// Checks of a form: all problems at once, each at its field, as stable codes (assets/wording.tsv has the
// sentences). Pure: no clock, no store. The same checks run on the kiosk and on the platform.
#pragma once

#include "data/base/result.h"
#include "data/domain/codes.h"
#include "data/domain/fields.h"
#include "data/domain/form.h"

#include <optional>
#include <vector>

namespace wq::domain {

struct Problem {
    std::string field;
    Refusal why;

    bool operator==(const Problem&) const = default;
};

// The value as it is kept: trimmed; codes and numbers in half width, without spaces and in the case the
// standard has; "+86" taken off mobiles; alias names of codes turned into codes.
std::string normalised(const Field& field, std::string_view value, const Codes& codes);
Form normalised(std::span<const Field> fields, const Form& form, const Codes& codes);

// Nothing when the value is right or blank and optional.
std::optional<Refusal> check_value(const Field& field, std::string_view value, const Codes& codes);

// In the order of the fields. A key that no field has is a problem too (`field_unknown`).
std::vector<Problem> check_form(std::span<const Field> fields, const Form& form, const Codes& codes);

// One refusal for them all: `form_wrong` {count, field, code} of the first; nothing where there are none.
std::optional<Refusal> form_wrong(const std::vector<Problem>& problems);

// The agreement: check_form, and the rules that join fields: a unit without a credit code, or whose code
// fails its check character, needs a note (`credit_code_note`), which reviewers see (R29).
std::vector<Problem> check_agreement(const Form& form, const Codes& codes);
// The same with what stands on the paper (R19).
std::vector<Problem> check_supplement(const Form& form, const Codes& codes);
// The rule of the note, for any form that has both fields.
void excuse_credit_code(const Form& form, std::vector<Problem>& problems);

// What a reviewer should look at although the form may be submitted.
std::vector<Problem> agreement_warnings(const Form& form);

// The graduate: check_form, and birth date and sex as the resident id has them (`birth_differs`,
// `sex_differs`), graduation after entry (`months_reversed`), an exam number of letters and digits only
// (`character_not_allowed`).
std::vector<Problem> check_graduate(const Form& base, const Codes& codes);

}  // namespace wq::domain
