// The program's own data files: all code tables of assets/codes, read once at start. The wording has its own
// reader, wording.h.
#pragma once

#include "data/domain/codes.h"

#include <filesystem>

namespace wq::os {

// Every *.tsv in `assets`/codes, by file name. Refusals: `file_missing`, `file_unreadable`,
// `code_table_wrong` {table, line, reason}; a table that the fields name but no file holds is
// `code_table_missing` {table}.
Result<domain::Codes> load_codes(const std::filesystem::path& assets);

}  // namespace wq::os
