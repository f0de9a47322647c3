#include "data/domain/numbers.h"

#include "data/base/utf8.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace wq::domain {
namespace {

constexpr std::string_view kCreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::array<int, 17> kCreditWeights = {1,  3,  9,  27, 19, 26, 16, 17, 20,
                                                29, 25, 13, 8,  24, 10, 30, 28};
constexpr std::array<int, 17> kResidentWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
constexpr std::string_view kResidentChecks = "10X98765432";
// The first two digits of every province-level code (GB/T 2260), and 83 for Taiwan's residents.
constexpr std::array<std::string_view, 35> kProvinces = {"11", "12", "13", "14", "15", "21", "22", "23", "31",
                                                         "32", "33", "34", "35", "36", "37", "41", "42", "43",
                                                         "44", "45", "46", "50", "51", "52", "53", "54", "61",
                                                         "62", "63", "64", "65", "71", "81", "82", "83"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }
bool is_alphanumeric(char c) { return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

Refusal refusal(std::string code, Args args = {}) { return {std::move(code), std::move(args)}; }

bool is_email_part(std::string_view part, std::string_view also) {
    return !part.empty() && part.front() != '.' && part.back() != '.' && part.find("..") == part.npos &&
           std::ranges::all_of(part, [&](char c) { return is_alphanumeric(c) || also.find(c) != also.npos; });
}

}  // namespace

std::optional<char> credit_code_check_character(std::string_view first_17) {
    if (first_17.size() != kCreditWeights.size()) return std::nullopt;
    std::size_t sum = 0;
    for (std::size_t i = 0; i < first_17.size(); ++i) {
        const std::size_t value = kCreditAlphabet.find(first_17[i]);
        if (value == kCreditAlphabet.npos) return std::nullopt;
        sum += value * kCreditWeights[i];
    }
    return kCreditAlphabet[(31 - sum % 31) % 31];
}

std::optional<Refusal> check_credit_code(std::string_view code) {
    const std::u32string points = to_code_points(code);
    if (points.size() != 18)
        return refusal("credit_code_length", {{"length", std::to_string(points.size())}});
    for (std::size_t i = 0; i < points.size(); ++i)
        if (kCreditAlphabet.find(to_utf8(points[i])) == kCreditAlphabet.npos)
            return refusal("credit_code_character",
                           {{"position", std::to_string(i + 1)}, {"character", to_utf8(points[i])}});
    const char expected = *credit_code_check_character(code.substr(0, 17));
    if (code[17] != expected)
        return refusal("credit_code_check", {{"position", "18"}, {"expected", std::string(1, expected)}});
    return std::nullopt;
}

std::optional<char> resident_id_check_character(std::string_view first_17) {
    if (first_17.size() != kResidentWeights.size() || !all_digits(first_17)) return std::nullopt;
    int sum = 0;
    for (std::size_t i = 0; i < first_17.size(); ++i) sum += (first_17[i] - '0') * kResidentWeights[i];
    return kResidentChecks[sum % 11];
}

std::optional<Day> resident_id_birth(std::string_view id) {
    return id.size() == 18 ? day_from_iso(id.substr(6, 8)) : std::nullopt;
}

std::string_view resident_id_sex(std::string_view id) {
    if (id.size() != 18) return "0";
    return (id[16] - '0') % 2 == 1 ? "1" : "2";
}

std::optional<Refusal> check_resident_id(std::string_view id) {
    const std::u32string points = to_code_points(id);
    if (points.size() != 18)
        return refusal("resident_id_length", {{"length", std::to_string(points.size())}});
    for (std::size_t i = 0; i < points.size(); ++i)
        if (!(points[i] >= U'0' && points[i] <= U'9') && !(i == 17 && points[i] == U'X'))
            return refusal("resident_id_character", {{"position", std::to_string(i + 1)}});
    // A permanent residence number has 9, then the issuing province's two digits.
    const std::string_view province = id[0] == '9' ? id.substr(1, 2) : id.substr(0, 2);
    if (std::ranges::find(kProvinces, province) == kProvinces.end()) return refusal("resident_id_region");
    if (!resident_id_birth(id)) return refusal("resident_id_birth");
    const char expected = *resident_id_check_character(id.substr(0, 17));
    if (id[17] != expected) return refusal("resident_id_check", {{"expected", std::string(1, expected)}});
    return std::nullopt;
}

std::optional<Refusal> check_mobile(std::string_view mobile) {
    const bool right = mobile.size() == 11 && all_digits(mobile) && mobile[0] == '1' && mobile[1] >= '3';
    return right ? std::nullopt : std::optional(refusal("mobile_wrong"));
}

std::optional<Refusal> check_phone(std::string_view phone) {
    std::string digits;
    for (char c : phone) {
        if (is_digit(c))
            digits += c;
        else if (c != '-')
            return refusal("phone_wrong");
    }
    const bool service = digits.size() == 10 && (digits.starts_with("400") || digits.starts_with("800"));
    const bool fixed = digits.starts_with('0') && digits.size() >= 10 && digits.size() <= 18;
    return service || fixed || !check_mobile(digits) ? std::nullopt : std::optional(refusal("phone_wrong"));
}

std::optional<Refusal> check_email(std::string_view email) {
    const std::size_t at = email.find('@');
    const std::string_view host = at == email.npos ? std::string_view() : email.substr(at + 1);
    const bool right = at != email.npos && email.size() <= 254 && at <= 64 &&
                       is_email_part(email.substr(0, at), "!#$%&'*+-/=?^_`{|}~.") &&
                       is_email_part(host, "-.") && host.find('.') != host.npos && host.front() != '-' &&
                       host.back() != '-';
    return right ? std::nullopt : std::optional(refusal("email_wrong"));
}

std::string agreement_number(int cohort, std::string_view school, int node, int serial) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d%.5s%03d%06d", cohort, std::string(school).c_str(), node,
                  serial);
    return text.data();
}

}  // namespace wq::domain
