#include "kiosk/devices/scanner.h"

namespace wq::devices {
namespace {

constexpr const char* kProgram = "wangqian-scanner";

std::vector<std::string> arguments_of(const ScannerChoice& choice) {
    std::vector<std::string> arguments{"scan", choice.device, choice.from, std::to_string(choice.dpi)};
    arguments.insert(arguments.end(), choice.options.begin(), choice.options.end());
    return arguments;
}

std::optional<Refusal> refusal_of(DeviceProgram::End end) {
    switch (end) {
        case DeviceProgram::End::done:
        case DeviceProgram::End::stopped:
            return std::nullopt;
        case DeviceProgram::End::broken:
            return Refusal{"scanner_unreachable"};
        case DeviceProgram::End::silent:
            return Refusal{"scanner_hangs"};
    }
    return std::nullopt;
}

}  // namespace

ScannerPages::ScannerPages(const ScannerChoice& choice) : patience_(choice.patience) {
    program_.emplace(kProgram, arguments_of(choice));
}

std::optional<SourceFile> ScannerPages::next(const std::stop_token& stop) {
    if (!program_) return std::nullopt;
    auto message = program_->next(patience_, stop);
    const std::string name = "scanner-" + std::to_string(page_ + 1);
    if (message && message->told == Told::picture) {
        ++page_;
        return SourceFile{name, std::move(message->picture)};
    }
    const auto refusal = message ? std::optional(Refusal{message->text}) : refusal_of(message.error());
    program_.reset();
    if (!refusal) return std::nullopt;
    return SourceFile{name, tl::make_unexpected(*refusal)};
}

Result<std::vector<ScannerFound>> find_scanners(std::chrono::milliseconds patience) {
    DeviceProgram program(kProgram, {"list"});
    std::vector<ScannerFound> found;
    for (;;) {
        const auto message = program.next(patience, {});
        if (!message) {
            if (const auto refusal = refusal_of(message.error())) return tl::make_unexpected(*refusal);
            return found;
        }
        const std::size_t tab = message->text.find('\t');
        if (tab != std::string::npos)
            found.push_back({message->text.substr(0, tab), message->text.substr(tab + 1)});
    }
}

}  // namespace wq::devices
