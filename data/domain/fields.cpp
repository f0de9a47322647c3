#include "data/domain/fields.h"

#include "data/base/utf8.h"

#include <algorithm>

namespace wq::domain {
namespace {

using enum FieldKind;
using enum Need;

// clang-format off
constexpr Field kAgreement[] = {
    {"employer_name",    "单位名称",         "Employer",               text,        required,  60, "",                1, ""},
    {"credit_code",      "统一社会信用代码", "Unified credit code",    credit_code, optional,  18, "",                1, ""},
    {"credit_code_note", "信用代码说明",     "Note on the code",       text,        optional,  60, "",                1, ""},
    {"employer_nature",  "单位性质",         "Nature of employer",     code,        required,  10, "employer_nature", 1, ""},
    {"industry",         "单位行业",         "Industry",               code,        required,  10, "industry",        1, ""},
    {"region",           "所在地区",         "Region",                 region,      required,  12, "region",          2, ""},
    {"address",          "详细地址",         "Address",                text,        required,  80, "",                2, ""},
    {"post",             "职位类别",         "Post",                   code,        required,  10, "post",            2, ""},
    {"contact_name",     "单位联系人",       "Contact",                text,        required,  30, "",                2, ""},
    {"contact_mobile",   "联系人手机",       "Contact's mobile",       mobile,      required,  11, "",                2, ""},
    {"contact_email",    "联系人邮箱",       "Contact's e-mail",       email,       required, 254, "",                2, ""},
    {"contact_phone",    "联系人电话",       "Contact's telephone",    phone,       optional,  24, "",                2, ""},
    {"solves_household", "单位是否解决户档", "Takes household and file", yes_no,    required,   3, "",                3, ""},
    {"supplement",       "协议补充内容",     "Supplementary terms",    long_text,   optional, 1000, "",               3, ""},
};

constexpr Field kGraduate[] = {
    {"exam_number",      "考生号",   "Exam number",      text,        required, 18, "",                 0, "报名号"},
    {"student_number",   "学号",     "Student number",   text,        required, 20, "",                 0, ""},
    {"name",             "姓名",     "Name",             text,        required, 64, "",                 0, "学生姓名"},
    {"sex",              "性别",     "Sex",              code,        required,  2, "sex",              0, ""},
    {"birth_date",       "出生日期", "Date of birth",    date,        required, 10, "",                 0, "出生年月日"},
    {"resident_id",      "身份证号", "Resident id",      resident_id, required, 18, "",                 0, "身份证件号|证件号码"},
    {"origin",           "生源省市", "Origin",           code,        required, 12, "region",           0, "生源地代码|生源所在地代码|生源地"},
    {"ethnicity",        "民族",     "Ethnicity",        code,        required,  2, "ethnicity",        0, ""},
    {"political_status", "政治面貌", "Political status", code,        required,  2, "political_status", 0, ""},
    {"school_name",      "毕业院校", "University",       text,        optional, 60, "",                 0, "学校名称"},
    {"department",       "院系",     "Department",       text,        required, 60, "",                 0, "所在院系|学院|院系名称"},
    {"level",            "层次",     "Level",            code,        required,  4, "level",            0, "学历层次|学历"},
    {"major",            "专业名称", "Major",            text,        required, 60, "",                 0, "专业"},
    {"years",            "学制",     "Years",            number,      required,  4, "",                 0, ""},
    {"entry_month",      "入学时间", "Entry",            month,       required,  6, "",                 0, ""},
    {"graduation_month", "毕业时间", "Graduation",       month,       required,  6, "",                 0, ""},
    {"training_mode",    "培养方式", "Training mode",    code,        required,  2, "training_mode",    0, ""},
    {"mobile",           "手机",     "Mobile",           mobile,      optional, 11, "",                 0, "手机号|联系电话"},
    {"email",            "邮箱",     "E-mail",           email,       optional, 254, "",                0, "电子邮箱"},
};

constexpr Field kEmployer[] = {
    {"employer_name",   "单位名称",         "Employer",            text,        required, 60, "",                0, ""},
    {"credit_code",     "统一社会信用代码", "Unified credit code", credit_code, required, 18, "",                0, ""},
    {"employer_nature", "单位性质",         "Nature of employer",  code,        required, 10, "employer_nature", 0, ""},
    {"industry",        "单位行业",         "Industry",            code,        required, 10, "industry",        0, ""},
    {"region",          "所在地区",         "Region",              region,      required, 12, "region",          0, ""},
    {"address",         "详细地址",         "Address",             text,        required, 80, "",                0, ""},
    {"contact_name",    "单位联系人",       "Contact",             text,        optional, 30, "",                0, ""},
    {"contact_mobile",  "联系人手机",       "Contact's mobile",    mobile,      optional, 11, "",                0, ""},
    {"contact_email",   "联系人邮箱",       "Contact's e-mail",    email,       optional, 254, "",               0, ""},
    {"warning",         "预警",             "Warning",             text,        optional, 60, "",                0, ""},
};
// clang-format on

}  // namespace

std::span<const Field> agreement_fields() { return kAgreement; }
std::span<const Field> graduate_fields() { return kGraduate; }
std::span<const Field> employer_fields() { return kEmployer; }

const Field* find_field(std::span<const Field> fields, std::string_view key) {
    const auto at = std::ranges::find(fields, key, &Field::key);
    return at == fields.end() ? nullptr : &*at;
}

const Field* find_field_named(std::span<const Field> fields, std::string_view column) {
    for (const Field& field : fields) {
        if (field.name_zh == column || field.key == column) return &field;
        for (std::string_view other : split(field.also, '|'))
            if (!other.empty() && other == column) return &field;
    }
    return nullptr;
}

}  // namespace wq::domain
