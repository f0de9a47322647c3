#include "pdf/render/agreement_blocks.h"

namespace wq::render {
namespace {

std::string shown(const std::string& value) { return value.empty() ? "／" : value; }

std::string joined(const std::string& first, const std::string& second, const char* between) {
    return first.empty() || second.empty() ? shown(first + second) : first + between + second;
}

// Registers hold the years of study as a bare number.
std::string with_unit(const std::string& years) {
    const bool bare = !years.empty() && years.find_first_not_of("0123456789.") == std::string::npos;
    return bare ? years + " 年" : years;
}

Block employer_block(const AgreementEmployer& it) {
    return {"甲方用人单位",
            {{{"单位名称", shown(it.employer_name)}},
             {{"统一社会信用代码", shown(it.credit_code)}, Cell{"单位性质", shown(it.employer_nature)}},
             {{"单位行业", shown(it.industry)}, Cell{"职位类别", shown(it.post)}},
             {{"通讯地址", joined(it.region, it.address, "")}},
             {{"单位联系人", shown(it.contact_name)}, Cell{"联系手机", shown(it.contact_mobile)}},
             {{"联系电话", shown(it.contact_phone)},
              Cell{"是否解决户档", it.solves_household ? "☑ 是　☐ 否" : "☐ 是　☑ 否"}},
             {{"联系邮箱", shown(it.contact_email)}}}};
}

Block student_block(const AgreementStudent& it) {
    return {"乙方毕业生",
            {{{"姓　　名", shown(it.name)}, Cell{"性　　别", shown(it.sex)}},
             {{"身份证号", shown(it.resident_id)}, Cell{"考 生 号", shown(it.exam_number)}},
             {{"毕业院校", shown(it.school_name)}, Cell{"学　　号", shown(it.student_number)}},
             {{"专业名称", shown(it.major)}, Cell{"层次／学制", joined(it.level, with_unit(it.years), "／")}},
             {{"生源省市", shown(it.origin)}, Cell{"毕业时间", shown(it.graduation_month)}},
             {{"培养方式", shown(it.training_mode)}}}};
}

Block school_block(const AgreementSchool& it, Parties parties) {
    return {parties == Parties::three ? "丙方学校" : "鉴证学校",
            {{{"学校名称", joined(it.school_name, it.office_name, "　")}},
             {{"联 系 人", shown(it.contact_name)}, Cell{"联系电话", shown(it.contact_phone)}},
             {{"通讯地址", shown(it.address)}}}};
}

}  // namespace

std::vector<Block> blocks_of(const Agreement& it) {
    return {employer_block(it.employer), student_block(it.student), school_block(it.school, it.parties)};
}

}  // namespace wq::render
