// A campus: the school and its settings, as the province and the school set them (R08–R11). Each setting
// has one line in campus_settings(); the values are a Form, so that they are checked, shown, stored and
// sent like any other form.
#pragma once

#include "data/base/time.h"
#include "data/domain/checks.h"
#include "data/domain/registration.h"

#include <string>

namespace wq::domain {

struct Campus {
    Form settings;

    // Paper and keys of a demo or training campus are its own and refused by a live one, and the other
    // way round (R49).
    bool is_demo() const { return value_of(settings, "mode") == "demo"; }
    std::string school_code() const { return std::string(value_of(settings, "school_code")); }
    std::string school_name() const { return std::string(value_of(settings, "school_name")); }
    int parties() const { return value_of(settings, "parties") == "2" ? 2 : 3; }
    bool department_review() const { return value_of(settings, "department_review") == "on"; }
    bool signing_open() const { return value_of(settings, "signing_open") != "off"; }
    bool destinations_open() const { return value_of(settings, "destinations_open") == "on"; }
    bool termination_department_review() const {
        return value_of(settings, "termination_department_review") == "on";
    }
    bool force_second_person() const { return value_of(settings, "force_second_person") == "on"; }
    // What the roster's old codes 2 and 4 mean, which don't tell whether the graduate may sign (R07).
    Form training_choices() const;
    int invitation_days() const;
    int link_days() const;  // that a return link lasts (R20)
    int cohort() const;
    // The last day for students to submit (R11); the year of the cohort where the setting has none.
    Day closes_on() const;
    Day advised_by() const;
    std::string verify_host() const { return std::string(value_of(settings, "verify_host")); }
};

struct Setting {
    std::string_view key;
    std::string_view name_zh;
    std::string_view name_en;
    std::string_view choices;  // "2|3"; empty: free text
    std::string_view preset;   // empty: must be given
    std::string_view
        pattern;     // "day": MM-DD, "days": 1–60, "year", "school": 5 digits, "host": A–Z 0–9 . - :
    unsigned roles;  // who may set it, bit 1 << Role; 0: nobody after the beginning
};
std::span<const Setting> campus_settings();

// Refuses with `setting_unknown` {key} or `setting_value` {key, choices}.
std::optional<Refusal> check_setting(std::string_view key, std::string_view value);
// Who may set what (R08–R11): refuses with `setting_unknown` {key} or `setting_not_yours` {key}.
std::optional<Refusal> may_set(std::string_view key, Role role);

// The presets, under which given values go.
Form preset_settings();

// The cohort that signs on this day: from September on, the next year's.
int cohort_on(Day day);

}  // namespace wq::domain
