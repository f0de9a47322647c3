// Which devices this machine uses. It is the machine's own: kept on it, never synced, and set by whoever
// holds its console.
#pragma once

#include "kiosk/desk/home.h"
#include "kiosk/devices/page_source.h"
#include "kiosk/devices/printer.h"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace wq::desk {

struct MachineSetting {
    std::string_view key, says;
    std::string_view choices;  // "a|b"; empty: free text
    std::string_view preset;
};
std::span<const MachineSetting> machine_settings();

// Refusals: `setting_unknown` {key}, `setting_value` {key, choices}.
Result<std::string> machine_setting(Home& home, std::string_view key);
Result<void> set_machine(Home& home, std::string_view key, std::string_view value);

// The scanner as it was chosen; "folder": the files of `folder`, which go to what `afterwards` says.
using Sheets = devices::FilePages::Afterwards;
std::unique_ptr<devices::PageSource> open_scanner(Home& home, const std::filesystem::path& folder,
                                                  Sheets afterwards);
// The printer as it was chosen.
devices::PrinterChoice chosen_printer(Home& home);

}  // namespace wq::desk
