// The pages that a form of each kind is filled in on: fields first, then materials where there are any to
// bring, then the check. Which fields stand on a page follows from domain::fields_shown.
#pragma once

#include "data/domain/fields.h"
#include "data/domain/registration.h"

#include <string_view>
#include <vector>

namespace wq::ui::student {

struct FormPage {
    enum class Body { fields, materials, check };
    Body body;
    std::string_view name;  // words: student.form.page.NAME, student.form.title.NAME
    int step;               // domain::Field::step of the fields on it; 0: all
};

std::vector<FormPage> pages_of(domain::Kind kind, const domain::Form& form);
std::vector<domain::Field> fields_on(const FormPage& page, domain::Kind kind, const domain::Form& form);

}  // namespace wq::ui::student
