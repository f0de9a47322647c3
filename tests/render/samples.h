// Invented agreements for the tests and the bench of paper out: a plain one of each kind, and one as
// long as the rules allow. Nobody and nothing in them is real.
#pragma once

#include "pdf/render/agreement.h"

namespace wq::render::samples {

inline Agreement three_party() {
    Agreement it;
    it.number = "202451999001000172";
    it.fingerprint = "SM3 7F3A 91C2 0B44 D85E";
    it.employer = {.employer_name = "成都晨星示例软件有限公司",
                   .credit_code = "91510100MA6CXXXX0K",
                   .employer_nature = "其他企业",
                   .industry = "信息传输、软件和信息技术服务业",
                   .region = "四川省成都市武侯区",
                   .address = "示例路 18 号晨星大厦 1201 室",
                   .post = "工程技术人员",
                   .contact_name = "刘敏",
                   .contact_phone = "028-00000001",
                   .contact_mobile = "13800000000",
                   .contact_email = "hr@example.cn",
                   .solves_household = true};
    it.student = {.name = "奚𬱖",
                  .sex = "女",
                  .resident_id = "510107199903140024",
                  .exam_number = "21510107153001",
                  .student_number = "2021040101",
                  .school_name = "天府示例大学",
                  .level = "博士研究生",
                  .years = "5",
                  .major = "哲学",
                  .graduation_month = "2024 年 6 月",
                  .origin = "四川省成都市",
                  .training_mode = "非定向"};
    it.school = {.school_name = "天府示例大学",
                 .office_name = "就业指导中心",
                 .contact_name = "王老师",
                 .contact_phone = "028-00000000",
                 .address = "四川省成都市示例大道 1 号"};
    it.supplement = "一、试用期三个月；二、乙方取得毕业证书后正式入职；三、违约金不超过人民币伍仟元。";
    return it;
}

inline Agreement two_party() {
    Agreement it = three_party();
    it.parties = Parties::two;
    it.student.name = "𠮷田𪚥";
    it.employer.solves_household = false;
    it.supplement.clear();
    return it;
}

// As long as the rules allow.
inline Agreement longest() {
    Agreement it = three_party();
    const auto repeated = [](std::string_view text, int times) {
        std::string whole;
        for (int i = 0; i < times; ++i) whole += text;
        return whole;
    };
    it.employer.employer_name = repeated("示例集团第一分公司", 6) + "有限责任公司";
    it.employer.address = repeated("示例开发区科技大道一号楼", 6) + "二〇一八室";
    it.employer.contact_email = repeated("longest.mailbox.name.", 9) + "x@mail.example.com.cn";
    it.student.name = repeated("阿卜杜拉·", 12) + "奚𬱖";
    it.student.major = repeated("马克思主义中国化研究（示例方向）", 3);
    it.school.address = repeated("四川省成都市示例大道", 6);
    it.supplement = repeated("甲方每月支付乙方劳动报酬人民币8000元，并按规定缴纳社会保险。", 32);
    return it;
}

// Code texts of the lengths that real ones have.
inline std::vector<PageCodes> codes(std::size_t pages) {
    std::vector<PageCodes> made;
    std::string filler;
    while (filler.size() < 250) filler += "7K2M9QX4TB";
    for (std::size_t i = 1; i <= pages; ++i) {
        const std::string page = std::to_string(i);
        const std::string base = "HTTPS://V.EXAMPLE.CN/V/P" + page;
        made.push_back(
            {base + "U" + filler + filler.substr(0, 150), base + "L" + filler, "7K2M-9QX4-TB0" + page});
    }
    return made;
}

}  // namespace wq::render::samples
