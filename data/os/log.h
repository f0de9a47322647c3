// The log of a node: what happened, for those who look after the machine. A catalogue: an entry's kind says
// what it may carry, and nothing else is written. Never personal data: whatever a value holds beyond plain
// ASCII is dropped, and long runs of digits are struck out (R65). What was done to a registration is history
// and not log. The table in data/README.md is generated from log_catalogue().
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace wq::os {

class Clock;

enum class LogKind {
    program_started,
    program_ended,
    store_unopened,
    fault,
    visit_began,
    visit_ended,
    logged_in,
    login_refused,
    acted,
    act_refused,
    printed,
    print_refused,
    page_taken,
    synced,
    sync_failed,
};

enum class LogLevel { info, warning, error };

struct LogEntry {
    LogKind kind;
    std::string_view name;  // in the file
    LogLevel level;
    std::string_view keys;  // that it carries, by commas
    std::string_view meaning;
};
std::span<const LogEntry> log_catalogue();

class Log {
  public:
    static constexpr std::uintmax_t kLargest = std::uintmax_t{1} << 20;  // bytes; then a new file is begun
    static constexpr int kKept = 4;                                      // older files: log.1 … log.4

    // In `folder`, made with the first entry. `clock` must outlive the log.
    Log(std::filesystem::path folder, const Clock& clock) : folder_(std::move(folder)), clock_(&clock) {}

    // One line of JSON, written at once. A key that the kind does not carry is a Fault. A log that can't be
    // written stops nobody's work.
    void write(LogKind kind, std::initializer_list<std::pair<std::string_view, std::string>> values = {});

    std::filesystem::path file() const { return folder_ / "log"; }

  private:
    void turn_over();

    std::filesystem::path folder_;
    const Clock* clock_;
    std::mutex mutex_;
};

}  // namespace wq::os
