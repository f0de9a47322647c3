// Other destinations (R24–R27): for each code of the table `destination` the fields that its form shows, and
// the materials that prove it. The rules are a table of rows that stand beside the guide's (R25); where the
// guide is silent (27, 50, 51, 70–72) the rows are ours.
#pragma once

#include "data/domain/checks.h"
#include "data/domain/registration.h"

#include <span>
#include <string_view>
#include <vector>

namespace wq::domain {

struct FieldUse {
    std::string_view key;  // of destination_fields()
    Need need;
};

// A kind of material; `form` is the document of ours (pdf/render/document.h) that is printed with
// what the student filled in, and signed first, if any.
struct Material {
    std::string_view kind;
    std::string_view name_zh, name_en;
    std::string_view form;
};
std::span<const Material> materials();
const Material* find_material(std::string_view kind);

// One thing to be proven; any one of `kinds` does. Asked for only where the form's `when_field` is filled in
// with something other than `unless`.
struct MaterialNeed {
    std::vector<std::string_view> kinds;
    std::string_view when_field = {};
    std::string_view unless = {};
};

struct DestinationRule {
    std::string_view code;  // the code or the beginning of it
    std::vector<FieldUse> fields;
    std::vector<MaterialNeed> needs;
};
std::span<const DestinationRule> destination_rules();
// The rule with the longest beginning of this code; nullptr where there is none (10, signed by agreement).
const DestinationRule* rule_of(std::string_view destination);

// What a registration with this form must prove, in the rule's order: a supplement its paper (R19), a
// destination what its rule says, an agreement nothing.
std::vector<MaterialNeed> needs_of(Kind kind, const Form& form);
bool is_met(const MaterialNeed& need, const std::vector<Attachment>& attachments);
// Those of them that no attachment meets.
std::vector<MaterialNeed> missing_materials(Kind kind, const Form& form,
                                            const std::vector<Attachment>& attachments);

// The fields that this form shows now, with the need that the rule gives them.
std::vector<Field> fields_of_destination(std::string_view destination);
// The same for any kind: what a form has to be filled in with.
std::vector<Field> fields_shown(Kind kind, const Form& form);

// check_form over these fields, and: a code that has finer ones is refused with `code_not_lowest`, 10 and
// unknown ones with `destination_by_agreement` and `code_unknown`, a field of another destination with
// `field_unknown`, an end before the start with `dates_reversed`.
std::vector<Problem> check_destination(const Form& form, const Codes& codes);

}  // namespace wq::domain
