// The wording of the employment agreement's page 2, in two and three parties. Text only; its version is
// kAgreementTemplate, and a change of a single character needs a new one.
#pragma once

#include "pdf/render/agreement.h"

#include <span>
#include <string_view>

namespace wq::render {

struct Clause {
    std::string_view heading;  // "如实告知"
    std::string_view text;
};

std::string_view preamble(Parties parties);
std::span<const Clause> clauses(Parties parties);

// "第十二条", counted from 1; up to 19.
std::string clause_number(std::size_t number);

}  // namespace wq::render
