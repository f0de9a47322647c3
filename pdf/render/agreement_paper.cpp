#include "pdf/render/agreement_paper.h"

#include "data/domain/hand_code.h"

#include <algorithm>

namespace wq::render {
namespace {

// Content key -> where it stands on the agreement. One line for each printed value.
struct Place {
    std::string_view key;
    std::string& (*in)(Agreement&);
};

// clang-format off
constexpr Place kPlaces[] = {
    {"number",                 [](Agreement& a) -> std::string& { return a.number; }},
    {"template",               [](Agreement& a) -> std::string& { return a.template_version; }},
    {"employer_name",          [](Agreement& a) -> std::string& { return a.employer.employer_name; }},
    {"credit_code",            [](Agreement& a) -> std::string& { return a.employer.credit_code; }},
    {"employer_nature",        [](Agreement& a) -> std::string& { return a.employer.employer_nature; }},
    {"industry",               [](Agreement& a) -> std::string& { return a.employer.industry; }},
    {"region",                 [](Agreement& a) -> std::string& { return a.employer.region; }},
    {"address",                [](Agreement& a) -> std::string& { return a.employer.address; }},
    {"post",                   [](Agreement& a) -> std::string& { return a.employer.post; }},
    {"contact_name",           [](Agreement& a) -> std::string& { return a.employer.contact_name; }},
    {"contact_phone",          [](Agreement& a) -> std::string& { return a.employer.contact_phone; }},
    {"contact_mobile",         [](Agreement& a) -> std::string& { return a.employer.contact_mobile; }},
    {"contact_email",          [](Agreement& a) -> std::string& { return a.employer.contact_email; }},
    {"supplement",             [](Agreement& a) -> std::string& { return a.supplement; }},
    {"student_name",           [](Agreement& a) -> std::string& { return a.student.name; }},
    {"student_sex",            [](Agreement& a) -> std::string& { return a.student.sex; }},
    {"resident_id",            [](Agreement& a) -> std::string& { return a.student.resident_id; }},
    {"exam_number",            [](Agreement& a) -> std::string& { return a.student.exam_number; }},
    {"student_number",         [](Agreement& a) -> std::string& { return a.student.student_number; }},
    {"level",                  [](Agreement& a) -> std::string& { return a.student.level; }},
    {"years",                  [](Agreement& a) -> std::string& { return a.student.years; }},
    {"major",                  [](Agreement& a) -> std::string& { return a.student.major; }},
    {"graduation_month",       [](Agreement& a) -> std::string& { return a.student.graduation_month; }},
    {"origin",                 [](Agreement& a) -> std::string& { return a.student.origin; }},
    {"training_mode",          [](Agreement& a) -> std::string& { return a.student.training_mode; }},
    {"school_name",            [](Agreement& a) -> std::string& { return a.school.school_name; }},
    {"office_name",            [](Agreement& a) -> std::string& { return a.school.office_name; }},
    {"office_contact",         [](Agreement& a) -> std::string& { return a.school.contact_name; }},
    {"office_phone",           [](Agreement& a) -> std::string& { return a.school.contact_phone; }},
    {"office_address",         [](Agreement& a) -> std::string& { return a.school.address; }},
};
// clang-format on

// Values that are no text on the agreement: how it is made, and the day of issue in its codes.
constexpr std::string_view kManner[] = {"parties",     "sample",      "solves_household",
                                        "school_code", "verify_host", "issued_on"};

// "SM3 7F3A 91C2 0B44 D85E": enough to tell two papers apart at a glance.
std::string fingerprint(const domain::Hash& digest) {
    std::string text = "SM3";
    std::string hex = to_hex(ByteView(digest).first(8));
    std::ranges::transform(hex, hex.begin(),
                           [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
    for (std::size_t i = 0; i < hex.size(); i += 4) text += " " + hex.substr(i, 4);
    return text;
}

Agreement agreement_of(const domain::Form& content, const domain::Hash& digest) {
    Agreement agreement;
    for (const Place& place : kPlaces) place.in(agreement) = domain::value_of(content, place.key);
    agreement.student.school_name = agreement.school.school_name;
    agreement.parties = domain::value_of(content, "parties") == "2" ? Parties::two : Parties::three;
    agreement.sample = domain::value_of(content, "sample") == "yes";
    agreement.employer.solves_household = domain::value_of(content, "solves_household") == "yes";
    agreement.fingerprint = fingerprint(digest);
    return agreement;
}

}  // namespace

std::vector<std::string_view> agreement_keys() {
    std::vector<std::string_view> keys;
    for (const Place& place : kPlaces) keys.push_back(place.key);
    keys.insert(keys.end(), std::begin(kManner), std::end(kManner));
    return keys;
}

Result<Sheets> AgreementPress::lay_out(const domain::Paper& paper) const {
    return form_.lay_out(agreement_of(paper.content, paper.digest));
}

Result<Bytes> AgreementPress::print(const domain::Paper& paper, Sheets sheets) const {
    std::vector<PageCodes> codes;
    for (std::size_t i = 0; i < paper.upper_codes.size(); ++i)
        codes.push_back({paper.upper_codes[i], paper.lower_codes[i],
                         domain::to_text(domain::hand_code(paper.digest, static_cast<int>(i) + 1))});
    return render::print(press_, std::move(sheets), codes);
}

Result<Bytes> AgreementPress::pdf(const domain::Paper& paper) const {
    return lay_out(paper).and_then([&](Sheets&& sheets) { return print(paper, std::move(sheets)); });
}

}  // namespace wq::render
