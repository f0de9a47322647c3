// Files: whole reads, durable atomic writes, and where the programs' own files are. A write either
// leaves the old file or the whole new one, also after a power cut.
#pragma once

#include "data/base/bytes.h"
#include "data/base/result.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>

namespace wq::os {

// Refuses with `file_missing` or `file_unreadable` {file, reason}, `file_too_large` {file, limit}.
Result<Bytes> read_file(const std::filesystem::path& file, std::size_t limit = std::size_t{1} << 30);
Result<std::string> read_text(const std::filesystem::path& file, std::size_t limit = std::size_t{1} << 30);

// Temporary file beside it, fsync, rename, fsync of the folder; folders are made. Refuses with
// `disk_full` or `file_unwritable` {file, reason}; the old file is then untouched.
Result<void> write_file(const std::filesystem::path& file, ByteView content, bool only_owner = false);

// Several at once, made durable together (one syncfs): for page pictures. `name_i` -> content.
Result<void> write_files(const std::vector<std::pair<std::filesystem::path, ByteView>>& files);

// How long ago it changed, by the clock that stamped it; nothing where it is gone.
std::optional<std::chrono::milliseconds> age_of(const std::filesystem::path& file);

// The folder of code tables, wording and demo data: $WANGQIAN_ASSETS, else beside the program
// (../share/wangqian), else the source tree's. Fault if none is there.
std::filesystem::path assets_folder();

// $WANGQIAN_HOME, else $XDG_DATA_HOME/wangqian, else ~/.local/share/wangqian.
std::filesystem::path default_home();

}  // namespace wq::os
