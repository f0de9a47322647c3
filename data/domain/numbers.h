// Numbers with check characters and formats. Each check says what is wrong as a Refusal whose args name the
// place, counted in characters, and nothing when all is right. Values are expected in half width, upper case
// (normalised()).
#pragma once

#include "data/base/result.h"
#include "data/base/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace wq::domain {

// Unified social credit code, GB 32100-2015: 18 characters without I O S V Z. Refusals:
// `credit_code_length` {length}, `credit_code_character` {position, character},
// `credit_code_check` {position, expected}. Genuine codes older than the standard may fail the last.
std::optional<Refusal> check_credit_code(std::string_view code);
// The 18th character that belongs to the first 17; nothing if they are not of the alphabet.
std::optional<char> credit_code_check_character(std::string_view first_17);

// Resident identity number, GB 11643-1999, also 81/82/83 (Hong Kong, Macao, Taiwan) and the permanent
// residence number that begins with 9. Refusals: `resident_id_length` {length}, `resident_id_character`
// {position}, `resident_id_region`, `resident_id_birth`, `resident_id_check` {expected}.
std::optional<Refusal> check_resident_id(std::string_view id);
std::optional<char> resident_id_check_character(std::string_view first_17);
std::optional<Day> resident_id_birth(std::string_view id);
// GB/T 2261.1: "1" male, "2" female.
std::string_view resident_id_sex(std::string_view id);

std::optional<Refusal> check_mobile(std::string_view mobile);  // `mobile_wrong`
std::optional<Refusal> check_phone(std::string_view phone);    // `phone_wrong`
std::optional<Refusal> check_email(std::string_view email);    // `email_wrong`

// Agreement number: cohort year (4), school (5), node (3), serial (6); unique without a network.
std::string agreement_number(int cohort, std::string_view school, int node, int serial);

}  // namespace wq::domain
