#include "pdf/render/agreement_clauses.h"

#include <array>

namespace wq::render {
namespace {

// clang-format off
constexpr Clause kHonesty{"如实告知",
    "甲方应当向乙方如实说明单位概况、工作岗位、工作地点、劳动报酬、劳动条件和录用要求；乙方应当向甲方如实说明本人的学业情况、"
    "身体状况和就业意向，并提供真实、有效的证明材料。"};
constexpr Clause kEmployer{"甲方的权利与义务",
    "甲方有权了解乙方在校期间的学习和表现。乙方取得毕业资格后，甲方应当按约定接收乙方，办理报到手续，安排与本协议相符的岗位；"
    "除本协议另有约定外，不得以学业成绩等理由拒绝接收。甲方不得向乙方收取押金、保证金或者扣押证件。"};
constexpr Clause kGraduate{"乙方的权利与义务",
    "乙方有权了解与应聘岗位有关的情况。乙方应当完成学业，按约定的时间和地点向甲方报到；因故不能按时报到的，应当事先告知甲方并取得同意。"
    "同一时间，乙方只能有一份有效协议。"};
constexpr Clause kSchoolAsParty{"丙方的权利与义务",
    "丙方核实乙方的毕业资格和本协议的签订情况，如实介绍乙方的在校表现，为甲乙双方提供政策咨询和就业指导，依规登记毕业去向并办理有关手续。"};
constexpr Clause kSchoolAsWitness{"学校鉴证",
    "乙方所在学校核实双方的身份和本协议的文本，予以鉴证并登记毕业去向。鉴证不改变双方的权利和义务，学校不因鉴证成为本协议的当事人。"};
constexpr Clause kHousehold{"档案与户口",
    "甲方在本协议中写明解决户档的，应当在乙方报到后依规接收档案、办理户口迁移；写明不解决的，乙方的档案和户口按国家和地方规定转往生源地"
    "或者公共就业和人才服务机构。任何一方不得扣留档案。"};
constexpr Clause kContract{"劳动合同",
    "甲方应当自用工之日起一个月内与乙方订立书面劳动合同或者聘用合同，其中的劳动报酬、试用期、服务期等不得低于本协议的约定。合同订立后，本协议自行终止。"};
constexpr Clause kEffectOfThree{"生效与变更",
    "本协议自甲方盖章、乙方签字并经丙方审核盖章之日起生效，至乙方报到并与甲方订立劳动合同之日止。变更本协议应当由三方协商一致，并采用书面形式。"
    "补充约定是本协议的组成部分，不得与法律、法规相抵触。"};
constexpr Clause kEffectOfTwo{"生效与变更",
    "本协议自甲方盖章、乙方签字并经学校鉴证之日起生效，至乙方报到并与甲方订立劳动合同之日止。变更本协议应当由双方协商一致，并采用书面形式。"
    "补充约定是本协议的组成部分，不得与法律、法规相抵触。"};
constexpr Clause kTermination{"解除",
    "有下列情形之一的，可以解除本协议：（一）协商一致的；（二）乙方未能取得毕业资格的；（三）乙方升学、应征入伍、被录用为公务员或者参加国家"
    "基层服务项目，已在补充约定中写明或者提前三十日书面告知甲方的；（四）甲方被依法宣告破产、吊销营业执照、责令关闭或者撤销的；"
    "（五）一方隐瞒真实情况，致使本协议不能履行的；（六）法律、法规规定的其他情形。解除本协议应当办理解约登记，登记完成后乙方方可另行签约。"};
constexpr Clause kBreach{"违约责任",
    "一方无正当理由不履行本协议的，应当承担违约责任。违约金或者赔偿的数额、支付方式由甲乙双方在补充约定中写明；没有约定的，按实际损失赔偿。"
    "违约方承担责任后，对方应当在十五日内协助办理解约手续。"};
constexpr Clause kPrivacy{"个人信息",
    "因订立和履行本协议取得的个人信息，只用于招聘录用、就业登记和公共服务，应当依法保管；未经本人同意，不得向他人提供。"};
constexpr Clause kDisputes{"争议处理",
    "因本协议发生争议的，应当协商解决，也可以请乙方所在学校或者当地毕业生就业主管部门调解；协商、调解不成的，可以依法向有管辖权的人民法院起诉。"};
constexpr Clause kCopiesOfThree{"文本与份数",
    "本协议一式三份，甲、乙、丙三方各执一份，具有同等效力。本协议由毕业生网上签约系统生成，每页印有核验二维码；"
    "手写改动的内容和复印件无效。有附页的，附页与正文具有同等效力。"};
constexpr Clause kCopiesOfTwo{"文本与份数",
    "本协议一式三份，甲、乙双方各执一份，学校存档一份，具有同等效力。本协议由毕业生网上签约系统生成，每页印有核验二维码；"
    "手写改动的内容和复印件无效。有附页的，附页与正文具有同等效力。"};

constexpr std::array kThree{kHonesty, kEmployer, kGraduate, kSchoolAsParty, kHousehold, kContract,
                            kEffectOfThree, kTermination, kBreach, kPrivacy, kDisputes, kCopiesOfThree};
constexpr std::array kTwo{kHonesty, kEmployer, kGraduate, kSchoolAsWitness, kHousehold, kContract,
                          kEffectOfTwo, kTermination, kBreach, kPrivacy, kDisputes, kCopiesOfTwo};

constexpr std::string_view kPreambleOfThree =
    "为明确权利和义务，维护各方的合法权益，甲方（用人单位）与乙方（毕业生）经双向选择，在平等自愿、协商一致、诚实信用的基础上，"
    "会同丙方（学校）订立本协议，共同遵守。";
constexpr std::string_view kPreambleOfTwo =
    "为明确权利和义务，维护双方的合法权益，甲方（用人单位）与乙方（毕业生）经双向选择，在平等自愿、协商一致、诚实信用的基础上"
    "订立本协议，共同遵守。";
// clang-format on

}  // namespace

std::string_view preamble(Parties parties) {
    return parties == Parties::three ? kPreambleOfThree : kPreambleOfTwo;
}

std::span<const Clause> clauses(Parties parties) {
    if (parties == Parties::three) return kThree;
    return kTwo;
}

std::string clause_number(std::size_t number) {
    constexpr std::array kDigits{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    return std::string("第") + (number >= 10 ? "十" : "") + kDigits.at(number % 10) + "条";
}

}  // namespace wq::render
