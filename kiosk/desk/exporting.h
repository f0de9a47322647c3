// What the office takes away as files: the destinations for the employment-management system (R44), the
// roster, the figures. The destinations have one row for each graduate, with the columns of the national
// 就业方案 export of 2024; what is not registered here is left empty. CSV with a byte order mark, or XLSX.
// Texts only, so that no spreadsheet takes a value for a formula.
#pragma once

#include "data/domain/registration.h"
#include "kiosk/desk/figures.h"
#include "kiosk/desk/home.h"

#include <filesystem>

namespace wq::desk {

// By the file's ending, .csv or .xlsx, else `export_ending`; written whole or not at all. Gives the number of
// rows. Refusals: `file_unwritable`, `disk_full`.
Result<std::size_t> export_destinations(Home& home, const std::filesystem::path& file,
                                        const domain::Scope& scope = {});

// The base data with the columns of the import, so that the file can be imported again (R06).
Result<std::size_t> export_roster(Home& home, const std::filesystem::path& file,
                                  const domain::Scope& scope = {});

// A row for each line of the figures: by what, of what, graduates, registered, placed, rate (R47).
Result<std::size_t> export_figures(const FiguresView& figures, const std::filesystem::path& file,
                                   const Speech& speech);

}  // namespace wq::desk
