#include "data/domain/checks.h"

#include "data/base/utf8.h"
#include "data/domain/numbers.h"

#include <algorithm>
#include <cstdio>

namespace wq::domain {
namespace {

std::string without(std::string text, std::string_view characters) {
    std::erase_if(text, [&](char c) { return characters.find(c) != characters.npos; });
    return text;
}

std::string normal_mobile(std::string_view value) {
    std::string digits = without(to_half_width(value), "-() ");
    if (digits.starts_with("+86")) digits.erase(0, 3);
    return digits;
}

// Months and dates come as 202706, 2027-06, 2027/6, 2027.6, 2027年6月. What holds anything else is left as it
// is, for the checks to name.
std::string normal_calendar(std::string_view value, bool with_day) {
    constexpr std::u32string_view kSeparators = U"-/.年月日 ";
    const std::string as_given(trimmed(value));
    std::vector<std::string> parts(1);
    for (char32_t point : to_code_points(as_given)) {
        const char32_t half = point >= 0xFF01 && point <= 0xFF5E ? point - 0xFEE0 : point;
        if (half >= U'0' && half <= U'9')
            parts.back() += static_cast<char>(half);
        else if (kSeparators.find(half) == kSeparators.npos)
            return as_given;
        else if (!parts.back().empty())
            parts.emplace_back();
    }
    if (parts.back().empty()) parts.pop_back();
    if (parts.size() == 1 && parts[0].size() == 8)
        parts = {parts[0].substr(0, 4), parts[0].substr(4, 2), parts[0].substr(6, 2)};
    for (std::size_t i = 1; i < parts.size(); ++i)
        if (parts[i].size() == 1) parts[i].insert(0, 1, '0');
    if (parts.empty() || parts.size() > 3) return as_given;
    if (with_day) return parts.size() == 3 ? parts[0] + "-" + parts[1] + "-" + parts[2] : as_given;
    return parts.size() == 1 ? parts[0] : parts[0] + parts[1];
}

std::string normal_code(const CodeTable& table, std::string_view value) {
    const std::string half = to_half_width(value);
    if (table.find(half)) return half;
    if (const Code* row = table.named(trimmed(value))) return row->code;
    return half;
}

std::string normal_yes_no(std::string_view value) {
    if (value == "是" || value == "true" || value == "1") return "yes";
    if (value == "否" || value == "false" || value == "0") return "no";
    return std::string(value);
}

std::optional<Refusal> check_month(std::string_view value) {
    const bool right = value.size() == 6 && day_from_iso(std::string(value) + "01").has_value();
    return right ? std::nullopt : std::optional(Refusal{"month_wrong"});
}

std::optional<Refusal> check_number(std::string_view value) {
    const bool right = !value.empty() && value.front() != '.' && value.back() != '.' &&
                       std::ranges::count(value, '.') <= 1 &&
                       std::ranges::all_of(value, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
    return right ? std::nullopt : std::optional(Refusal{"number_wrong"});
}

Refusal not_allowed(char32_t point) {
    char name[16];
    std::snprintf(name, sizeof name, "U+%04X", static_cast<unsigned>(point));
    return {"character_not_allowed", {{"code_point", name}}};
}

std::optional<Refusal> check_text(const Field& field, std::string_view value) {
    const std::u32string points = to_code_points(value);
    if (points.size() > static_cast<std::size_t>(field.max_length))
        return Refusal{
            "too_long",
            {{"limit", std::to_string(field.max_length)}, {"length", std::to_string(points.size())}}};
    for (char32_t point : points)
        if (is_control(point) && !(point == '\n' && field.kind == FieldKind::long_text))
            return not_allowed(point);
    return std::nullopt;
}

// Spreadsheets turn long numbers into 5.12024E+13; such a number would be somebody else's.
std::optional<Refusal> check_exam_number(std::string_view value) {
    for (char32_t point : to_code_points(value))
        if (!(point >= U'0' && point <= U'9') && !(point >= U'A' && point <= U'Z') &&
            !(point >= U'a' && point <= U'z'))
            return not_allowed(point);
    return std::nullopt;
}

std::optional<Refusal> check_region(const CodeTable& table, std::string_view value) {
    if (!table.find(value)) return Refusal{"code_unknown", {{"code", std::string(value)}}};
    if (table.has_children(value)) return Refusal{"region_not_lowest"};
    return std::nullopt;
}

}  // namespace

std::string normalised(const Field& field, std::string_view value, const Codes& codes) {
    switch (field.kind) {
        case FieldKind::text:
        case FieldKind::long_text:
            return std::string(trimmed(value));
        case FieldKind::code:
        case FieldKind::region:
            return normal_code(codes.table(field.table), value);
        case FieldKind::yes_no:
            return normal_yes_no(trimmed(value));
        case FieldKind::credit_code:
        case FieldKind::resident_id: {
            const std::string half = to_half_width(value);
            return to_upper_ascii(half.ends_with("Ⅹ") ? half.substr(0, half.size() - 3) + "X" : half);
        }
        case FieldKind::mobile:
            return normal_mobile(value);
        case FieldKind::phone:
            return without(to_half_width(value), "()");
        case FieldKind::email:
        case FieldKind::number:
            return to_half_width(value);
        case FieldKind::date:
            return normal_calendar(value, true);
        case FieldKind::month:
            return normal_calendar(value, false);
    }
    return std::string(value);
}

Form normalised(std::span<const Field> fields, const Form& form, const Codes& codes) {
    Form kept;
    for (const auto& [key, value] : form) {
        const Field* field = find_field(fields, key);
        std::string normal = field ? normalised(*field, value, codes) : value;
        if (!normal.empty()) kept.emplace(key, std::move(normal));
    }
    return kept;
}

std::optional<Refusal> check_value(const Field& field, std::string_view value, const Codes& codes) {
    if (trimmed(value).empty())
        return field.need == Need::required ? std::optional(Refusal{"required"}) : std::nullopt;
    if (auto wrong = check_text(field, value)) return wrong;
    switch (field.kind) {
        case FieldKind::text:
        case FieldKind::long_text:
            return std::nullopt;
        case FieldKind::code:
            if (codes.table(field.table).find(value)) return std::nullopt;
            return Refusal{"code_unknown", {{"code", std::string(value)}}};
        case FieldKind::region:
            return check_region(codes.table(field.table), value);
        case FieldKind::yes_no:
            return value == "yes" || value == "no" ? std::nullopt : std::optional(Refusal{"required"});
        case FieldKind::credit_code:
            return check_credit_code(value);
        case FieldKind::resident_id:
            return check_resident_id(value);
        case FieldKind::mobile:
            return check_mobile(value);
        case FieldKind::phone:
            return check_phone(value);
        case FieldKind::email:
            return check_email(value);
        case FieldKind::date:
            return day_from_iso(value) ? std::nullopt : std::optional(Refusal{"date_wrong"});
        case FieldKind::month:
            return check_month(value);
        case FieldKind::number:
            return check_number(value);
    }
    return std::nullopt;
}

std::vector<Problem> check_form(std::span<const Field> fields, const Form& form, const Codes& codes) {
    std::vector<Problem> problems;
    for (const Field& field : fields)
        if (auto wrong = check_value(field, value_of(form, field.key), codes))
            problems.push_back({std::string(field.key), std::move(*wrong)});
    for (const auto& [key, value] : form)
        if (!find_field(fields, key)) problems.push_back({key, {"field_unknown", {{"field", key}}}});
    return problems;
}

void excuse_credit_code(const Form& form, std::vector<Problem>& problems) {
    if (trimmed(value_of(form, "credit_code_note")).empty()) {
        if (trimmed(value_of(form, "credit_code")).empty())
            problems.push_back({"credit_code", {"credit_code_missing"}});
        return;
    }
    std::erase_if(problems, [](const Problem& problem) { return problem.why.code == "credit_code_check"; });
}

std::optional<Refusal> form_wrong(const std::vector<Problem>& problems) {
    if (problems.empty()) return std::nullopt;
    return Refusal{"form_wrong",
                   {{"count", std::to_string(problems.size())},
                    {"field", problems[0].field},
                    {"code", problems[0].why.code}}};
}

std::vector<Problem> check_agreement(const Form& form, const Codes& codes) {
    std::vector<Problem> problems = check_form(agreement_fields(), form, codes);
    excuse_credit_code(form, problems);
    return problems;
}

std::vector<Problem> check_supplement(const Form& form, const Codes& codes) {
    std::vector<Problem> problems = check_form(supplement_fields(), form, codes);
    excuse_credit_code(form, problems);
    return problems;
}

std::vector<Problem> agreement_warnings(const Form& form) {
    std::vector<Problem> warnings;
    const std::string_view code = value_of(form, "credit_code");
    if (code.empty() && value_of(form, "employer_name").empty()) return warnings;  // has no employer
    if (code.empty())
        warnings.push_back({"credit_code", {"credit_code_missing"}});
    else if (auto wrong = check_credit_code(code))
        warnings.push_back({"credit_code", std::move(*wrong)});
    return warnings;
}

std::vector<Problem> check_graduate(const Form& base, const Codes& codes) {
    std::vector<Problem> problems = check_form(graduate_fields(), base, codes);
    if (auto wrong = check_exam_number(value_of(base, "exam_number")))
        problems.push_back({"exam_number", std::move(*wrong)});
    const std::string_view id = value_of(base, "resident_id");
    if (!check_resident_id(id)) {
        if (resident_id_birth(id) != day_from_iso(value_of(base, "birth_date")))
            problems.push_back({"birth_date", {"birth_differs"}});
        if (resident_id_sex(id) != value_of(base, "sex")) problems.push_back({"sex", {"sex_differs"}});
    }
    if (value_of(base, "entry_month") >= value_of(base, "graduation_month"))
        problems.push_back({"graduation_month", {"months_reversed"}});
    return problems;
}

}  // namespace wq::domain
