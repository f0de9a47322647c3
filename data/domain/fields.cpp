#include "data/domain/fields.h"

#include "data/base/utf8.h"

#include <algorithm>
#include <vector>

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

constexpr Field kOnPaper[] = {
    {"paper_number",     "纸质协议编号",     "Number on the paper",    text,        optional,  40, "",                1, ""},
    {"signed_on",        "签约日期",         "Signed on",              date,        optional,  10, "",                1, ""},
};

// With the agreement's own lines for employer, place and contact.
constexpr Field kDestination[] = {
    {"destination",       "毕业去向类别",   "Destination",             code,      optional,  4, "destination",      1, ""},
    {"hiring_form",       "录用形式",       "Form of hiring",          code,      optional,  2, "hiring_form",      2, ""},
    {"starts_on",         "开始日期",       "Starts on",               date,      optional, 10, "",                 2, ""},
    {"ends_on",           "终止日期",       "Ends on",                 date,      optional, 10, "",                 2, ""},
    {"monthly_pay",       "月薪(元)",     "Monthly pay (yuan)",      number,    optional,  8, "",                 2, ""},
    {"enlistment_region", "入伍地",         "Place of enlistment",     region,    optional, 12, "region",           2, ""},
    {"study_school",      "录取学校",       "School of admission",     text,      optional, 60, "",                 2, ""},
    {"study_major",       "录取专业",       "Major of admission",      text,      optional, 60, "",                 2, ""},
    {"abroad_purpose",    "出国、出境目的", "Purpose abroad",          code,      optional,  2, "abroad_purpose",   2, ""},
    {"country",           "国家、地区",     "Country or region",       code,      optional,  3, "country",          2, ""},
    {"abroad_name",       "留学学校或境外单位", "School or employer abroad", text, optional, 100, "",                2, ""},
    {"abroad_name_foreign", "外文名称",     "Its foreign name",        text,      optional, 120, "",                2, ""},
    {"abroad_major",      "留学专业",       "Major abroad",            text,      optional, 60, "",                 2, ""},
    {"abroad_funding",    "经费来源",       "Funding",                 code,      optional,  2, "abroad_funding",   2, ""},
    {"venture_name",      "实体、工作室或网店名称", "Name of the venture", text,  optional, 60, "",                 2, ""},
    {"venture_role",      "本人身份",       "Own part in it",          code,      optional,  2, "venture_role",     2, ""},
    {"venture_address",   "网址或平台账号", "Web address or account",  text,      optional, 120, "",                2, ""},
    {"activity",          "从业内容",       "Work done",               long_text, optional, 300, "",                2, ""},
    {"intention",         "意向说明",       "Intention",               long_text, optional, 300, "",                2, ""},
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
};

// Beside the employer's own lines; its account's, and the authorization letter's.
constexpr Field kOfficer[] = {
    {"legal_representative", "法定代表人",     "Legal representative",     text,        required, 30, "", 0, ""},
    {"officer_name",         "网签负责人",     "Signing officer",          text,        required, 30, "", 0, ""},
    {"officer_id",           "负责人身份证号", "Officer's resident id",    resident_id, required, 18, "", 0, ""},
    {"officer_mobile",       "负责人手机",     "Officer's mobile",         mobile,      required, 11, "", 0, ""},
    {"officer_email",        "负责人邮箱",     "Officer's e-mail",         email,       required, 254, "", 0, ""},
    {"officer_department",   "负责人所在部门", "Officer's department",     text,        optional, 30, "", 0, ""},
    {"authorized_until",     "授权有效期至",   "Authorized until",         date,        required, 10, "", 0, ""},
    {"bank_name",            "开户银行",       "Bank",                     text,        optional, 60, "", 0, ""},
    {"bank_account",         "对公账号",       "Bank account",             text,        optional, 32, "", 0, ""},
};
// clang-format on

std::vector<Field> account_lines() {
    std::vector<Field> lines(std::begin(kEmployer), std::end(kEmployer));
    lines.insert(lines.end(), std::begin(kOfficer), std::end(kOfficer));
    return lines;
}

std::vector<Field> supplement_lines() {
    std::vector<Field> lines(std::begin(kAgreement), std::end(kAgreement));
    lines.insert(lines.end(), std::begin(kOnPaper), std::end(kOnPaper));
    return lines;
}

std::vector<Field> destination_lines() {
    std::vector<Field> lines(std::begin(kDestination), std::end(kDestination));
    for (Field field : kAgreement) {
        if (field.key == "solves_household" || field.key == "supplement") continue;
        field.need = optional;
        field.step = 2;
        lines.push_back(field);
    }
    return lines;
}

}  // namespace

std::span<const Field> agreement_fields() { return kAgreement; }

std::span<const Field> supplement_fields() {
    static const std::vector<Field> kLines = supplement_lines();
    return kLines;
}

std::span<const Field> destination_fields() {
    static const std::vector<Field> kLines = destination_lines();
    return kLines;
}

std::span<const Field> graduate_fields() { return kGraduate; }
std::span<const Field> employer_fields() { return kEmployer; }

std::span<const Field> account_fields() {
    static const std::vector<Field> kLines = account_lines();
    return kLines;
}

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
