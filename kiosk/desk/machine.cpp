#include "kiosk/desk/machine.h"

#include "data/base/utf8.h"

#include <algorithm>

namespace wq::desk {
namespace {

constexpr MachineSetting kSettings[] = {
    {"printer",
     "spool (a folder), auto (CUPS's default), a queue as `wangqian printers` tells it, or ipp://…", "",
     devices::kSpool},
    {"print_sides", "one-sided, or two-sided where the printer can", "one|two", "one"},
};

std::string note_of(std::string_view key) { return "device." + std::string(key); }

const MachineSetting* setting_named(std::string_view key) {
    const auto setting = std::ranges::find(kSettings, key, &MachineSetting::key);
    return setting == std::end(kSettings) ? nullptr : setting;
}

}  // namespace

std::span<const MachineSetting> machine_settings() { return kSettings; }

Result<std::string> machine_setting(Home& home, std::string_view key) {
    const MachineSetting* setting = setting_named(key);
    if (!setting) return refuse("setting_unknown", {{"key", std::string(key)}});
    const std::string value = home.store().log().note(note_of(key));
    return value.empty() ? std::string(setting->preset) : value;
}

Result<void> set_machine(Home& home, std::string_view key, std::string_view value) {
    const MachineSetting* setting = setting_named(key);
    if (!setting) return refuse("setting_unknown", {{"key", std::string(key)}});
    if (!setting->choices.empty() && std::ranges::count(split(setting->choices, '|'), value) == 0)
        return refuse("setting_value",
                      {{"key", std::string(key)}, {"choices", std::string(setting->choices)}});
    home.store().log().set_note(note_of(key), value);
    return {};
}

devices::PrinterChoice chosen_printer(Home& home) {
    return {*machine_setting(home, "printer"), *machine_setting(home, "print_sides") == "two",
            home.folder() / "spool"};
}

}  // namespace wq::desk
