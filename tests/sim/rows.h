// The rows that a school's nodes and the platform have in common, as text to compare. Registrations are
// compared as values, in proofs.cpp.
#pragma once

#include "data/store/store.h"

#include <string>

namespace wq::sim {

struct Platform;

std::string text_of_form(const domain::Form& form);

// All of the campus that nodes share but registrations.
std::string rows_of(store::Store& store);
// What the platform has tables of: settings, graduates with confirmations, accounts, own warnings, slots.
std::string rows_of_platform(Platform& platform);
std::string rows_as_platform(store::Store& store);

// The first line that differs.
std::string difference(const std::string& one, const std::string& other);

}  // namespace wq::sim
