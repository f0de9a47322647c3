#include "data/domain/campus.h"

#include "data/base/utf8.h"

#include <algorithm>

namespace wq::domain {
namespace {

constexpr unsigned bit(Role role) { return 1u << static_cast<unsigned>(role); }

constexpr unsigned kNobody = 0, kProvince = bit(Role::province), kOffice = bit(Role::school) | kProvince;

// clang-format off
constexpr Setting kSettings[] = {
    {"school_code",       "院校代码",         "School code",             "",          "",                    "school", kNobody},
    {"school_name",       "学校名称",         "School",                  "",          "",                    "",       kOffice},
    {"mode",              "运行方式",         "Mode",                    "live|demo", "live",                "",       kNobody},
    {"cohort",            "届别",             "Cohort",                  "",          "",                    "year",   kOffice},
    {"parties",           "协议形式",         "Parties to the agreement", "2|3",      "3",                   "",       kProvince},
    {"department_review", "院系审核",         "Department review",       "on|off",    "off",                 "",       kOffice},
    {"termination_department_review", "院系审核解约", "Departments review terminations", "on|off", "off",    "",       kOffice},
    {"force_second_person", "强制解约双人确认", "Forced termination needs two persons", "on|off", "off",     "",       kOffice},
    {"directed_mode",     "名册里只写“定向”的按", "Directed, where the roster says no more", "21|22", "21",     "",       kOffice},
    {"commissioned_mode", "名册里只写“委培”的按", "Commissioned, where the roster says no more", "41|42", "41", "",       kOffice},
    {"signing_open",      "网上签约开放",     "Signing open",            "on|off",    "on",                  "",       kOffice},
    {"destinations_open", "其他去向开放",     "Other destinations open", "on|off",    "on",                  "",       kOffice},
    {"invitation_days",   "应约有效天数",     "Days to answer an invitation", "",     "5",                   "days",   kOffice},
    {"link_days",         "回传链接有效天数", "Days to return by link",  "",          "14",                  "days",   kOffice},
    {"advised_by",        "建议完成日期",     "Advised date",            "",          "06-25",               "day",    kOffice},
    {"closes_on",         "截止日期",         "Closing date",            "",          "08-01",               "day",    kOffice},
    {"verify_host",       "核验网址主机",     "Verification host",       "",          "WQ.EXAMPLE.CN",       "host",   kOffice},
    {"office_name",       "就业部门",         "Career office",           "",          "就业指导中心",        "",       kOffice},
    {"office_contact",    "就业部门联系人",   "Office contact",          "",          "",                    "",       kOffice},
    {"office_phone",      "就业部门电话",     "Office telephone",        "",          "",                    "",       kOffice},
    {"office_address",    "就业部门地址",     "Office address",          "",          "",                    "",       kOffice},
};
// clang-format on

Day in_cohort(const Campus& campus, std::string_view key) {
    const std::string iso =
        std::to_string(campus.cohort()) + "-" + std::string(value_of(campus.settings, key));
    return day_from_iso(iso).value_or(Day{campus.cohort(), 12, 31});
}

// It stands in every printed code, which must keep to the QR alphanumeric set.
bool is_code_host(std::string_view value) {
    return !value.empty() && value.size() <= 60 && std::ranges::all_of(value, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':';
    });
}

bool fits(const Setting& setting, std::string_view value) {
    if (!setting.choices.empty()) return std::ranges::count(split(setting.choices, '|'), value) == 1;
    const bool digits = std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
    if (setting.pattern == "school") return value.size() == 5 && digits;
    if (setting.pattern == "days")
        return value.size() <= 2 && digits && !value.empty() && std::stoi(std::string(value)) >= 1 &&
               std::stoi(std::string(value)) <= 60;
    if (setting.pattern == "year") return value.size() == 4 && digits && value >= "2000";
    // No leap year: the day must be there in every cohort's year.
    if (setting.pattern == "day") return day_from_iso("2023-" + std::string(value)).has_value();
    if (setting.pattern == "host") return is_code_host(value);
    return count_code_points(value) <= 100 && std::ranges::none_of(to_code_points(value), is_control);
}

int days_of(const Campus& campus, std::string_view key, int otherwise) {
    const std::string days(value_of(campus.settings, key));
    return days.empty() || check_setting(key, days) ? otherwise : std::stoi(days);
}

}  // namespace

int Campus::cohort() const {
    const std::string_view year = value_of(settings, "cohort");
    return year.size() == 4 ? std::stoi(std::string(year)) : 0;
}

Form Campus::training_choices() const {
    Form choices;
    for (const auto& [old_code, key] : {std::pair{"2", "directed_mode"}, {"4", "commissioned_mode"}})
        choices.emplace(old_code, value_of(settings, key));
    return choices;
}

int Campus::invitation_days() const { return days_of(*this, "invitation_days", 5); }
int Campus::link_days() const { return days_of(*this, "link_days", 14); }

Day Campus::closes_on() const { return in_cohort(*this, "closes_on"); }
Day Campus::advised_by() const { return in_cohort(*this, "advised_by"); }

std::span<const Setting> campus_settings() { return kSettings; }

std::optional<Refusal> check_setting(std::string_view key, std::string_view value) {
    const auto setting = std::ranges::find(kSettings, key, &Setting::key);
    if (setting == std::end(kSettings)) return Refusal{"setting_unknown", {{"key", std::string(key)}}};
    if (fits(*setting, value)) return std::nullopt;
    const std::string_view wanted = setting->choices.empty() ? setting->pattern : setting->choices;
    return Refusal{"setting_value", {{"key", std::string(key)}, {"choices", std::string(wanted)}}};
}

std::optional<Refusal> may_set(std::string_view key, Role role) {
    const auto setting = std::ranges::find(kSettings, key, &Setting::key);
    if (setting == std::end(kSettings)) return Refusal{"setting_unknown", {{"key", std::string(key)}}};
    if (setting->roles & bit(role)) return std::nullopt;
    return Refusal{"setting_not_yours", {{"key", std::string(key)}}};
}

Form preset_settings() {
    Form presets;
    for (const Setting& setting : kSettings)
        if (!setting.preset.empty()) presets.emplace(setting.key, setting.preset);
    return presets;
}

int cohort_on(Day day) { return day.month >= 9 ? day.year + 1 : day.year; }

}  // namespace wq::domain
