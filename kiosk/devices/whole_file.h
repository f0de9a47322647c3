// Whether somebody is still writing a file. Not for when a folder is looked at: page_source.h and
// watched_folder.h.
#pragma once

#include <chrono>
#include <filesystem>
#include <stop_token>

namespace wq::devices {

// A file that has rested for so long is taken for whole, whoever says that it is open: some file systems of
// the network say so of every file, for ever.
constexpr std::chrono::milliseconds kLongestRest{30'000};

// Somebody on this machine has it open for writing. Where the file system can't tell, no.
bool is_being_written(const std::filesystem::path& file);

// Waits, until `stop` is asked for.
void wait_for(std::chrono::nanoseconds time, const std::stop_token& stop);

}  // namespace wq::devices
