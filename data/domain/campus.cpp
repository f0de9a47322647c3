#include "data/domain/campus.h"

#include "data/base/utf8.h"

#include <algorithm>

namespace wq::domain {
namespace {

// clang-format off
constexpr Setting kSettings[] = {
    {"school_code",       "院校代码",         "School code",             "",          "",                    "school"},
    {"school_name",       "学校名称",         "School",                  "",          "",                    ""},
    {"mode",              "运行方式",         "Mode",                    "live|demo", "live",                ""},
    {"cohort",            "届别",             "Cohort",                  "",          "",                    "year"},
    {"parties",           "协议形式",         "Parties to the agreement", "2|3",      "3",                   ""},
    {"department_review", "院系审核",         "Department review",       "on|off",    "off",                 ""},
    {"signing_open",      "网上签约开放",     "Signing open",            "on|off",    "on",                  ""},
    {"destinations_open", "其他去向开放",     "Other destinations open", "on|off",    "off",                 ""},
    {"advised_by",        "建议完成日期",     "Advised date",            "",          "06-25",               "day"},
    {"closes_on",         "截止日期",         "Closing date",            "",          "08-01",               "day"},
    {"verify_host",       "核验网址主机",     "Verification host",       "",          "WQ.EXAMPLE.CN",       "host"},
    {"office_name",       "就业部门",         "Career office",           "",          "就业指导中心",        ""},
    {"office_contact",    "就业部门联系人",   "Office contact",          "",          "",                    ""},
    {"office_phone",      "就业部门电话",     "Office telephone",        "",          "",                    ""},
    {"office_address",    "就业部门地址",     "Office address",          "",          "",                    ""},
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
    if (setting.pattern == "year") return value.size() == 4 && digits && value >= "2000";
    // No leap year: the day must be there in every cohort's year.
    if (setting.pattern == "day") return day_from_iso("2023-" + std::string(value)).has_value();
    if (setting.pattern == "host") return is_code_host(value);
    return count_code_points(value) <= 100 && std::ranges::none_of(to_code_points(value), is_control);
}

}  // namespace

int Campus::cohort() const {
    const std::string_view year = value_of(settings, "cohort");
    return year.size() == 4 ? std::stoi(std::string(year)) : 0;
}

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

Form preset_settings() {
    Form presets;
    for (const Setting& setting : kSettings)
        if (!setting.preset.empty()) presets.emplace(setting.key, setting.preset);
    return presets;
}

int cohort_on(Day day) { return day.month >= 9 ? day.year + 1 : day.year; }

}  // namespace wq::domain
