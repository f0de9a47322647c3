#include "data/os/log.h"

#include "data/base/result.h"
#include "data/base/utf8.h"
#include "data/os/clock.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

namespace wq::os {
namespace {

namespace fs = std::filesystem;

// clang-format off
constexpr LogEntry kCatalogue[] = {
    {LogKind::program_started, "program_started", LogLevel::info,    "program",              "A program opened this home"},
    {LogKind::program_ended,   "program_ended",   LogLevel::info,    "program",              "It ended as it should; without this entry it did not"},
    {LogKind::store_unopened,  "store_unopened",  LogLevel::error,   "code",                 "The database could not be opened"},
    {LogKind::fault,           "fault",           LogLevel::error,   "what",                 "A fault of the program, to be told to its developers"},
    {LogKind::visit_began,     "visit_began",     LogLevel::info,    "",                     "Somebody left the welcome screen"},
    {LogKind::visit_ended,     "visit_ended",     LogLevel::info,    "seconds",              "Back at the welcome screen, and how long it took"},
    {LogKind::logged_in,       "logged_in",       LogLevel::info,    "role",                 "A login was right"},
    {LogKind::login_refused,   "login_refused",   LogLevel::warning, "code",                 "A login was wrong, or the account is locked"},
    {LogKind::acted,           "acted",           LogLevel::info,    "action,kind,state",    "An act on a registration was recorded"},
    {LogKind::act_refused,     "act_refused",     LogLevel::info,    "action,code",          "An act was refused by the rules"},
    {LogKind::printed,         "printed",         LogLevel::info,    "copy",                 "The printer said that the paper is out, or the spool has it"},
    {LogKind::print_refused,   "print_refused",   LogLevel::warning, "code",                 "It did not"},
    {LogKind::page_taken,      "page_taken",      LogLevel::info,    "outcome,code",         "A page came back: what became of it, and why"},
    {LogKind::synced,          "synced",          LogLevel::info,    "pushed,pulled,conflicts", "A round of sync went through"},
    {LogKind::sync_failed,     "sync_failed",     LogLevel::warning, "code",                 "A round of sync did not; what could go on did"},
};
// clang-format on

constexpr std::size_t kLongestValue = 120;
constexpr int kLongestNumber = 8;  // digits; numbers of people and papers are longer

const LogEntry& entry_of(LogKind kind) { return kCatalogue[static_cast<std::size_t>(kind)]; }

std::string_view name_of(LogLevel level) {
    return level == LogLevel::info ? "info" : level == LogLevel::warning ? "warning" : "error";
}

// Plain ASCII that needs no escaping, digits of long numbers as '#'.
std::string harmless(std::string_view value) {
    std::string text;
    for (char c : value.substr(0, kLongestValue))
        if (c >= ' ' && c < '\x7f' && c != '"' && c != '\\') text += c;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
        if (end - i > kLongestNumber) std::fill(text.begin() + i, text.begin() + end, '#');
        i = std::max(end, i + 1);
    }
    return text;
}

bool carries(const LogEntry& entry, std::string_view key) {
    const auto keys = split(entry.keys, ',');
    return std::ranges::find(keys, key) != keys.end();
}

}  // namespace

std::span<const LogEntry> log_catalogue() { return kCatalogue; }

void Log::write(LogKind kind, std::initializer_list<std::pair<std::string_view, std::string>> values) {
    const LogEntry& entry = entry_of(kind);
    std::string line = R"({"when":")" + to_iso(clock_->now()) + R"(","level":")" +
                       std::string(name_of(entry.level)) + R"(","entry":")" + std::string(entry.name) + '"';
    for (const auto& [key, value] : values) {
        if (!carries(entry, key))
            throw Fault("log: " + std::string(entry.name) + " does not carry " + std::string(key));
        line += ",\"" + std::string(key) + "\":\"" + harmless(value) + '"';
    }
    line += "}\n";
    const std::lock_guard lock(mutex_);
    turn_over();
    // One write to the end of the file, so that programs that share a home don't mix their lines.
    const int descriptor = ::open(file().c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
    if (descriptor < 0) return;
    [[maybe_unused]] const auto written = ::write(descriptor, line.data(), line.size());
    ::close(descriptor);
}

void Log::turn_over() {
    std::error_code ignored;
    fs::create_directories(folder_, ignored);
    const auto size = fs::file_size(file(), ignored);
    if (ignored || size < kLargest) return;
    const auto older = [&](int age) { return folder_ / ("log." + std::to_string(age)); };
    for (int age = kKept - 1; age > 0; --age) fs::rename(older(age), older(age + 1), ignored);
    fs::rename(file(), older(1), ignored);
}

}  // namespace wq::os
