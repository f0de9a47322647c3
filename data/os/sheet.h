// Tables that people open in a spreadsheet: CSV with a byte order mark, or XLSX, by the file's ending. Texts
// only, so that no spreadsheet takes a value for a formula, nor a long number for a rounded one. The only
// user of libxlsxwriter.
#pragma once

#include "data/base/result.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace wq::os {

using SheetRow = std::function<void(const std::vector<std::string>&)>;
// Calls its argument with the header and then with each line's cells; gives the number of lines.
using SheetRows = std::function<std::size_t(const SheetRow&)>;

// Written whole or not at all. `name` is the sheet's. Gives the number of lines. Refusals: `export_ending`
// for another ending than .csv or .xlsx, `file_unwritable`, `disk_full`.
Result<std::size_t> write_sheet(const std::filesystem::path& file, const char* name, const SheetRows& rows);

}  // namespace wq::os
