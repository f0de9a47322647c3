// Comma-separated text as spreadsheets write it: RFC 4180, also with tabs or semicolons, bare line feeds and
// Excel's ="…" around long numbers. Input is UTF-8 (data/os/text.h converts).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wq::domain {

struct CsvRow {
    std::size_t line = 0;  // where it begins in the file, from 1
    std::vector<std::string> cells;
    bool cut_off = false;  // a quote was never closed; the row ends with its line
};

// Empty lines are left out. The separator is the first line's most frequent of , ; and tab.
std::vector<CsvRow> parse_csv(std::string_view text);

// A cell as RFC 4180 writes it, safe to open in a spreadsheet: one that begins with = + - @ tab or CR gets
// an apostrophe in front (OWASP ASVS 5.0, 1.2.10).
std::string csv_cell(std::string_view value);

}  // namespace wq::domain
