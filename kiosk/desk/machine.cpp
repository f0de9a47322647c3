#include "kiosk/desk/machine.h"

#include "data/base/utf8.h"
#include "kiosk/devices/scanner.h"

#include <algorithm>

namespace wq::desk {
namespace {

constexpr MachineSetting kSettings[] = {
    {"scanner", "folder, auto (the first found), or a name as `wangqian scanners` tells it", "", "folder"},
    {"scanner_from", "where its paper lies", "anywhere|glass|feeder", "anywhere"},
    {"scanner_dpi", "resolution", "150|200|300|400|600", "200"},
    {"scanner_options", "more of its own, NAME=VALUE, parted by ;", "", ""},
    {"camera", "none, a number from 0, or a name as of /dev/video0", "", "none"},
    {"printer",
     "spool (a folder), auto (CUPS's default), a queue as `wangqian printers` tells it, or ipp://…", "",
     devices::kSpool},
    {"sync", "as soon as there is something, by a timer, or once a night", "continuous|timer|night",
     "continuous"},
    {"sync_every", "minutes of the timer", "15|30|60|120|240", "60"},
    {"sync_night", "when the night's window begins, in China's time",
     "20:00|21:00|22:00|23:00|00:00|01:00|02:00|03:00|04:00|05:00", "02:00"},
    {"sync_night_minutes", "how long the window is; each node has its own moment in it", "30|60|120|180|240",
     "120"},
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

std::unique_ptr<devices::PageSource> open_scanner(Home& home, const std::filesystem::path& folder,
                                                  Sheets afterwards) {
    devices::ScannerChoice choice;
    choice.device = *machine_setting(home, "scanner");
    if (choice.device == "folder")
        return std::make_unique<devices::FilePages>(std::vector{folder}, afterwards);
    choice.from = *machine_setting(home, "scanner_from");
    choice.dpi = std::stoi(*machine_setting(home, "scanner_dpi"));
    const std::string options = *machine_setting(home, "scanner_options");
    for (std::string_view option : split(options, ';'))
        if (!trimmed(option).empty()) choice.options.emplace_back(trimmed(option));
    return std::make_unique<devices::ScannerPages>(choice);
}

devices::PrinterChoice chosen_printer(Home& home) {
    return {*machine_setting(home, "printer"), *machine_setting(home, "print_sides") == "two",
            home.folder() / "spool"};
}

}  // namespace wq::desk
