#include "data/os/sheet.h"

#include "data/domain/csv.h"
#include "data/os/files.h"

#include <xlsxwriter.h>

namespace wq::os {
namespace {

constexpr lxw_col_t kColumns = 64;  // made wide enough to read

Result<std::size_t> write_csv(const std::filesystem::path& file, const SheetRows& table) {
    std::string text = "\xEF\xBB\xBF";
    const std::size_t rows = table([&](const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) text += (i ? "," : "") + domain::csv_cell(cells[i]);
        text += "\r\n";
    });
    return write_file(file, bytes_of(text), true).map([&] { return rows; });
}

Result<std::size_t> write_xlsx(const std::filesystem::path& file, const char* name, const SheetRows& table) {
    std::filesystem::path unfinished = file;
    unfinished += ".unfinished";
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    lxw_workbook* book = workbook_new_opt(unfinished.c_str(), &options);
    lxw_worksheet* sheet = book ? workbook_add_worksheet(book, name) : nullptr;
    if (!sheet) return refuse("file_unwritable", {{"file", file.filename().string()}, {"reason", "xlsx"}});
    lxw_format* bold = workbook_add_format(book);
    format_set_bold(bold);
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_set_column(sheet, 0, kColumns - 1, 16, nullptr);
    lxw_row_t at = 0;
    const std::size_t rows = table([&](const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (!cells[i].empty())
                worksheet_write_string(sheet, at, static_cast<lxw_col_t>(i), cells[i].c_str(),
                                       at == 0 ? bold : nullptr);
        ++at;
    });
    const lxw_error error = workbook_close(book);
    std::error_code failed;
    if (error == LXW_NO_ERROR) std::filesystem::rename(unfinished, file, failed);
    if (error == LXW_NO_ERROR && !failed) return rows;
    std::error_code ignored;
    std::filesystem::remove(unfinished, ignored);
    return refuse("file_unwritable",
                  {{"file", file.filename().string()},
                   {"reason", error == LXW_NO_ERROR ? failed.message() : lxw_strerror(error)}});
}

}  // namespace

Result<std::size_t> write_sheet(const std::filesystem::path& file, const char* name, const SheetRows& table) {
    if (file.extension() == ".csv") return write_csv(file, table);
    if (file.extension() == ".xlsx") return write_xlsx(file, name, table);
    return refuse("export_ending", {{"file", file.filename().string()}});
}

}  // namespace wq::os
