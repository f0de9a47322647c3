#include "data/domain/employment_plan.h"

#include <functional>

namespace wq::domain {
namespace {

// What a cell may be made of.
struct Line {
    const Graduate& graduate;
    const Registration* record;  // what is in force, if anything
    const Codes& codes;

    std::string of_graduate(std::string_view key) const { return std::string(graduate[key]); }
    std::string of_form(std::string_view key) const {
        return record ? std::string(value_of(record->form, key)) : std::string();
    }
    std::string name(std::string_view table, const std::string& code) const {
        return code.empty() ? code : codes.name(table, code);
    }
    std::string place(const std::string& code) const {
        return code.empty() ? code : codes.table("region").full_name(code);
    }
    std::string destination() const {
        if (!record) return {};
        return record->kind == Kind::destination ? of_form("destination") : "10";
    }
    std::string level() const {
        const Code* code = codes.table("level").find(graduate["level"]);
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

}  // namespace

std::vector<std::string> plan_header() {
    std::vector<std::string> header;
    for (const Column& column : columns()) header.emplace_back(column.name);
    return header;
}

std::vector<std::string> plan_row(const Graduate& graduate, const Registration* in_force,
                                  const Codes& codes) {
    const Line line{graduate, in_force, codes};
    std::vector<std::string> row;
    for (const Column& column : columns()) row.push_back(column.value(line));
    return row;
}

}  // namespace wq::domain
