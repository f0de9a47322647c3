// A graduate's line in the national 就业方案 (R44): what the employment-management system takes, with the
// columns of its export of 2024. data/README.md has the mapping. What is not registered here is left empty.
// Pure.
#pragma once

#include "data/domain/codes.h"
#include "data/domain/graduate.h"
#include "data/domain/registration.h"

#include <string>
#include <vector>

namespace wq::domain {

std::vector<std::string> plan_header();
// One text for each column. `in_force`: the agreement or destination in force; nothing: the graduate is not
// placed.
std::vector<std::string> plan_row(const Graduate& graduate, const Registration* in_force, const Codes& codes);

}  // namespace wq::domain
