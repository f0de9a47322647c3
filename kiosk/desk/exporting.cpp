#include "kiosk/desk/exporting.h"

#include "data/domain/csv.h"
#include "data/os/files.h"

#include <xlsxwriter.h>

#include <cstdio>
#include <functional>

namespace wq::desk {
namespace {

// What a cell may be made of.
struct Line {
    const domain::Graduate& graduate;
    const domain::Registration* record;  // what is in force, if anything
    const domain::Codes& codes;

    std::string of_graduate(std::string_view key) const { return std::string(graduate[key]); }
    std::string of_form(std::string_view key) const {
        return record ? std::string(domain::value_of(record->form, key)) : std::string();
    }
    std::string name(std::string_view table, const std::string& code) const {
        return code.empty() ? code : codes.name(table, code);
    }
    std::string place(const std::string& code) const {
        return code.empty() ? code : codes.table("region").full_name(code);
    }
    std::string destination() const {
        if (!record) return {};
        return record->kind == domain::Kind::destination ? of_form("destination") : "10";
    }
    std::string level() const {
        const domain::Code* code = codes.table("level").find(graduate["level"]);
        return code ? std::string(code->value("export_zh")) : of_graduate("level");
    }
    std::string employer() const {
        const std::string name = of_form("employer_name");
        return name.empty() ? of_form("study_school") : name;
    }
};

struct Column {
    const char* name;
    std::function<std::string(const Line&)> value;
};

auto of_graduate(const char* key) {
    return [key](const Line& line) { return line.of_graduate(key); };
}
auto of_form(const char* key) {
    return [key](const Line& line) { return line.of_form(key); };
}
auto name_of_form(const char* key, const char* table) {
    return [=](const Line& line) { return line.name(table, line.of_form(key)); };
}
auto name_of_graduate(const char* key, const char* table) {
    return [=](const Line& line) { return line.name(table, line.of_graduate(key)); };
}
std::string nothing(const Line&) { return {}; }

const std::vector<Column>& columns() {
    static const std::vector<Column> kColumns = {
        {"学号", of_graduate("student_number")},
        {"考生号", of_graduate("exam_number")},
        {"姓名", of_graduate("name")},
        {"性别", name_of_graduate("sex", "sex")},
        {"出生日期", of_graduate("birth_date")},
        {"生源地代码", of_graduate("origin")},
        {"生源地名称", [](const Line& line) { return line.place(line.of_graduate("origin")); }},
        {"民族名称", name_of_graduate("ethnicity", "ethnicity")},
        {"政治面貌", name_of_graduate("political_status", "political_status")},
        {"城乡生源", nothing},
        {"学历层次", [](const Line& line) { return line.level(); }},
        {"专业代码", nothing},
        {"专业名称", of_graduate("major")},
        {"专业方向", nothing},
        {"入学年月", of_graduate("entry_month")},
        {"毕业日期", of_graduate("graduation_month")},
        {"毕业年份", [](const Line& line) { return line.of_graduate("graduation_month").substr(0, 4); }},
        {"培养方式", name_of_graduate("training_mode", "training_mode")},
        {"委培单位", nothing},
        {"学习形式", nothing},
        {"毕业去向类别代码", [](const Line& line) { return line.destination(); }},
        {"毕业去向", [](const Line& line) { return line.name("destination", line.destination()); }},
        {"签约日期",
         [](const Line& line) {
             return line.record ? to_iso(day_in_china(line.record->effective)) : std::string();
         }},
        {"单位名称", [](const Line& line) { return line.employer(); }},
        {"统一社会信用代码", of_form("credit_code")},
        {"留学国家地区", name_of_form("country", "country")},
        {"留学院校中文名称", of_form("abroad_name")},
        {"留学院校外文名称", of_form("abroad_name_foreign")},
        {"留学专业中文名称", of_form("abroad_major")},
        {"留学专业外文名称", nothing},
        {"单位性质代码", of_form("employer_nature")},
        {"单位性质", name_of_form("employer_nature", "employer_nature")},
        {"单位行业代码", of_form("industry")},
        {"单位行业", name_of_form("industry", "industry")},
        {"单位所在地代码", of_form("region")},
        {"单位所在地", [](const Line& line) { return line.place(line.of_form("region")); }},
        {"单位地址", of_form("address")},
        {"工作职位类别代码", of_form("post")},
        {"工作职位类别", name_of_form("post", "post")},
    };
    return kColumns;
}

// Calls its argument with the header and then with each line's cells; gives the number of lines.
using Row = std::function<void(const std::vector<std::string>&)>;
using Table = std::function<std::size_t(const Row&)>;

std::size_t each_destination(Home& home, const domain::Scope& scope, const Row& row) {
    std::vector<std::string> cells;
    for (const Column& column : columns()) cells.emplace_back(column.name);
    row(cells);
    std::size_t rows = 0;
    home.store().graduates().each(scope, [&](const domain::Graduate& graduate) {
        const auto record = home.store().registrations().in_force(graduate.exam_number());
        const Line line{graduate, record ? &*record : nullptr, home.codes()};
        cells.clear();
        for (const Column& column : columns()) cells.push_back(column.value(line));
        row(cells);
        ++rows;
    });
    return rows;
}

// As it is imported: the same columns, codes as codes.
std::size_t each_graduate(Home& home, const domain::Scope& scope, const Row& row) {
    std::vector<std::string> cells;
    for (const domain::Field& field : domain::graduate_fields()) cells.emplace_back(field.name_zh);
    row(cells);
    std::size_t rows = 0;
    home.store().graduates().each(scope, [&](const domain::Graduate& graduate) {
        cells.clear();
        for (const domain::Field& field : domain::graduate_fields()) cells.emplace_back(graduate[field.key]);
        row(cells);
        ++rows;
    });
    return rows;
}

std::size_t each_figure(const FiguresView& figures, const Speech& speech, const Row& row) {
    row({speech.say("figures.by"), speech.say("figures.what"), speech.say("figures.graduates"),
         speech.say("figures.registered"), speech.say("figures.placed"), speech.say("figures.rate")});
    std::size_t rows = 0;
    const auto add = [&](const char* by, const std::vector<FigureLine>& lines) {
        for (const FigureLine& line : lines) {
            char rate[16] = "";
            if (line.rate() >= 0) std::snprintf(rate, sizeof rate, "%.2f %%", line.rate());
            row({speech.say(std::string("figures.by.") + by), line.label,
                 line.graduates > 0 ? std::to_string(line.graduates) : "", std::to_string(line.registered),
                 std::to_string(line.placed), rate});
            ++rows;
        }
    };
    add("total", {figures.total});
    add("department", figures.departments);
    add("level", figures.levels);
    add("code", figures.codes);
    add("group", figures.groups);
    add("day", figures.days);
    return rows;
}

Result<std::size_t> write_csv(const std::filesystem::path& file, const Table& table) {
    std::string text = "\xEF\xBB\xBF";
    const std::size_t rows = table([&](const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) text += (i ? "," : "") + domain::csv_cell(cells[i]);
        text += "\r\n";
    });
    return os::write_file(file, bytes_of(text), true).map([&] { return rows; });
}

Result<std::size_t> write_xlsx(const std::filesystem::path& file, const char* name, const Table& table) {
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
    worksheet_set_column(sheet, 0, static_cast<lxw_col_t>(columns().size() - 1), 16, nullptr);
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

Result<std::size_t> write_table(const std::filesystem::path& file, const char* name, const Table& table) {
    if (file.extension() == ".csv") return write_csv(file, table);
    if (file.extension() == ".xlsx") return write_xlsx(file, name, table);
    return refuse("export_ending", {{"file", file.filename().string()}});
}

}  // namespace

Result<std::size_t> export_destinations(Home& home, const std::filesystem::path& file,
                                        const domain::Scope& scope) {
    return write_table(file, "毕业去向", [&](const Row& row) { return each_destination(home, scope, row); });
}

Result<std::size_t> export_roster(Home& home, const std::filesystem::path& file, const domain::Scope& scope) {
    return write_table(file, "生源信息", [&](const Row& row) { return each_graduate(home, scope, row); });
}

Result<std::size_t> export_figures(const FiguresView& figures, const std::filesystem::path& file,
                                   const Speech& speech) {
    return write_table(file, "统计", [&](const Row& row) { return each_figure(figures, speech, row); });
}

}  // namespace wq::desk
