#include "pdf/render/document_table.h"

#include <array>

namespace wq::render {
namespace {

// clang-format off
constexpr DocumentRow kGraduateRows[] = {
    {{"毕业院校", "school_name"}},
    {{"姓　　名", "student_name"},   {"性　　别", "student_sex"}},
    {{"学　　号", "student_number"}, {"考 生 号", "exam_number"}},
    {{"身份证号", "resident_id"},    {"手　　机", "mobile"}},
    {{"学　　院", "department"},     {"专　　业", "major"}},
    {{"学　　历", "level"},          {"毕业时间", "graduation_month"}},
};
constexpr DocumentBlock kGraduate{"毕业生", kGraduateRows};

constexpr DocumentRow kEmployerRows[] = {
    {{"单位名称", "employer_name"}},
    {{"统一社会信用代码", "credit_code"}, {"单位性质", "employer_nature"}},
    {{"单位行业", "industry"},            {"职位类别", "post"}},
    {{"通讯地址", "full_address"}},
    {{"单位联系人", "contact_name"},      {"联系手机", "contact_mobile"}},
    {{"联系电话", "contact_phone"}},
    {{"联系邮箱", "contact_email"}},
};

constexpr DocumentRow kLabourRows[] = {
    {{"毕业去向类别", "destination"}, {"录用形式", "hiring_form"}},
    {{"合同起始日期", "starts_on"},   {"终止日期", "ends_on"}},
    {{"月薪（元）", "monthly_pay"}},
};
constexpr DocumentBlock kLabour[] = {kGraduate, {"去向", kLabourRows}, {"用人单位", kEmployerRows}};
constexpr std::string_view kLabourMaterials[] = {
    "劳动合同（首页、约定岗位和薪酬的页、签章页）", "单位用工证明原件", "录用通知、公招接收函或者聘用证明"};
constexpr std::string_view kLabourText[] = {
    "本人承诺：本表所填内容和所附材料真实、有效；去向有变动的，自变动之日起十日内到学校更正。",
    "我单位确认：上述毕业生已由我单位录用，本表所填单位信息和录用信息属实，愿意配合学校核实。"};

constexpr DocumentRow kFreelanceRows[] = {
    {{"毕业去向类别", "destination"}, {"本人身份", "venture_role"}},
    {{"名称", "venture_name"}},
    {{"合 伙 人", "partners"}},
    {{"网址或平台账号", "venture_address"}},
    {{"所在地区", "full_address"}},
    {{"开始日期", "starts_on"},       {"月均收入", "monthly_pay"}},
    {{"从业内容", "activity"}},
};
constexpr DocumentBlock kFreelance[] = {kGraduate, {"从业情况", kFreelanceRows}};
constexpr std::string_view kFreelanceMaterials[] = {
    "营业执照或者登记证明（创立公司、个体经营）", "孵化机构的入驻协议或者证明",
    "网店首页截图、网址和交易流水", "自由职业的作品、合同或者收入证明"};
constexpr std::string_view kFreelanceText[] = {
    "本人承诺：上述从业情况真实，所附材料有效，同意学院和学校通过电话、网络或者走访核实；去向有变动的，自变动之日起十日内到学校更正。"};

constexpr DocumentRow kAbroadRows[] = {
    {{"毕业去向类别", "destination"},     {"出国目的", "abroad_purpose"}},
    {{"国家、地区", "country"},           {"经费来源", "abroad_funding"}},
    {{"学校或者单位", "abroad_name"}},
    {{"外文名称", "abroad_name_foreign"}},
    {{"留学专业", "abroad_major"}},
    {{"专业外文名称", "abroad_major_foreign"}},
    {{"攻读层次", "abroad_level"},        {"开始日期", "starts_on"}},
    {{"档案、户口去向", "archive_handling"}},
};
constexpr DocumentRow kFamilyRows[] = {
    {{"家庭联系人", "family_contact"}, {"联系电话", "family_phone"}},
};
constexpr DocumentBlock kAbroad[] = {kGraduate, {"出国出境", kAbroadRows}, {"联系人", kFamilyRows}};
constexpr std::string_view kAbroadMaterials[] = {
    "国外学校的录取通知书", "国外用人单位的接收证明", "签证或者其他出境证件（已取得的）"};
constexpr std::string_view kAbroadText[] = {
    "本人承诺：上述情况真实，所附材料有效；外文材料已附中文说明。档案和户口按本表所填的去向办理，未填写的，按国家和生源地的规定办理。"};

constexpr DocumentRow kAgentRows[] = {
    {{"姓　　名", "officer_name"},  {"部门职务", "officer_department"}},
    {{"身份证号", "officer_id"},    {"手　　机", "officer_mobile"}},
    {{"授权有效期至", "authorized_until"}},
};
constexpr DocumentRow kPrincipalRows[] = {
    {{"单位名称", "employer_name"}},
    {{"统一社会信用代码", "credit_code"}, {"法定代表人", "legal_representative"}},
    {{"通讯地址", "full_address"}},
};
constexpr DocumentBlock kAuthorization[] = {{"授权单位", kPrincipalRows}, {"被授权人", kAgentRows}};
constexpr std::string_view kAuthorizationText[] = {
    "{school_name}{office_name}：",
    "　　我单位授权下列人员，在毕业生网上签约系统中代表我单位办理以下事项：一、登记和更新单位信息；二、向毕业生发出签约邀约，签订、"
    "变更就业协议；三、申请或者答复解除就业协议；四、回传签字盖章的协议。",
    "　　被授权人在授权范围和期限内的操作，由我单位承担责任。授权自单位盖章之日起至 {authorized_until} 止；期限届满、人员变动或者我单位书面撤回的，"
    "授权终止。被授权人不得转委托。"};

constexpr DocumentRow kTerminationRows[] = {
    {{"协议编号", "number"},     {"签订日期", "signed_on"}},
    {{"用人单位", "employer_name"}},
    {{"单位联系人", "contact_name"}, {"联系电话", "contact_mobile"}},
    {{"申 请 方", "initiator"},  {"解约类别", "termination_cause"}},
    {{"解约原因", "reason"}},
    {{"新的去向", "next_destination"}},
    {{"违约责任履行", "liability"}},
};
constexpr DocumentBlock kTermination[] = {kGraduate, {"原协议", kTerminationRows}};
constexpr std::string_view kTerminationMaterials[] = {
    "用人单位出具的解约函（写明同意解除的日期）", "原协议全部原件", "违约责任已经履行的凭证（有约定的）"};
constexpr std::string_view kTerminationText[] = {
    "本人申请解除上述就业协议，知悉登记完成以前原协议继续有效，登记完成以后方可另行签约；所填原因和所附材料真实。"};

constexpr DocumentRow kReceiptRows[] = {
    {{"受理编号", "receipt_number"}},
    {{"事　　项", "matter"},     {"提交时间", "submitted_at"}},
    {{"当前状态", "status"},     {"受理地点", "place"}},
    {{"已收材料", "materials"}},
    {{"下 一 步", "next_step"}},
};
constexpr DocumentRow kReceiptPerson[] = {
    {{"毕业院校", "school_name"}},
    {{"姓　　名", "student_name"}, {"考 生 号", "exam_number"}},
    {{"学　　号", "student_number"}, {"手　　机", "mobile"}},
    {{"学　　院", "department"},   {"专　　业", "major"}},
};
constexpr DocumentBlock kReceipt[] = {{"提交人", kReceiptPerson}, {"受理情况", kReceiptRows}};
constexpr std::string_view kReceiptText[] = {
    "本回执说明学校已经收到上述提交，不代表审核结果。请妥善保管，凭受理编号在终端、网页或者就业办公室查询进度；"
    "需要补充或者更正的，系统会在您的首页说明原因和期限。"};

constexpr DocumentRow kSlipPerson[] = {
    {{"毕业院校", "school_name"}},
    {{"姓　　名", "student_name"}, {"考 生 号", "exam_number"}},
    {{"学　　院", "department"},   {"专　　业", "major"}},
};
constexpr DocumentRow kSlipRows[] = {
    {{"协议编号", "number"},     {"退回时间", "sent_back_at"}},
    {{"用人单位", "employer_name"}},
    {{"退回部门", "sent_back_by"}},
    {{"退回原因", "reason"}},
};
constexpr DocumentBlock kSlip[] = {{"毕业生", kSlipPerson}, {"回传情况", kSlipRows}};
constexpr std::string_view kSlipText[] = {
    "请按退回原因和下列各图改正，再把协议书的全部页面重新扫描或者拍照回传。原协议书继续有效，没有要求重新打印的，用原件即可；"
    "需要补盖公章或者重新签字的，请在原件上办理。红框标出有问题的位置。"};

constexpr DocumentSigning kOfLabour[] = {{"毕业生（签字）", "签名：", false}, {"用人单位（公章）", "经办人：", true},
                                         {"学院审核（盖章）", "负责人：", true}};
constexpr DocumentSigning kOfTermination[] = {{"毕业生（签字）", "签名：", false}, {"用人单位意见（公章）", "经办人：", true},
                                              {"学院意见（盖章）", "负责人：", true}, {"学校意见（盖章）", "经办人：", true}};
constexpr DocumentSigning kWithoutEmployer[] = {{"毕业生（签字）", "签名：", false}, {"学院审核（盖章）", "负责人：", true},
                                                {"学校审定（盖章）", "经办人：", true}};
constexpr DocumentSigning kOfAuthorization[] = {{"单位（公章）", "经办人：", true}, {"法定代表人（签章）", "签章：", false},
                                                {"被授权人（签字）", "签名：", false}};

using enum Document;
constexpr DocumentSpec kSpecs[] = {
    {labour_form, "labour_form", "LD-2026-1", "劳动合同和单位用工证明登记表", "适用于签劳动合同形式就业、其他录用形式就业",
     kLabour, kLabourMaterials, kLabourText, false, false, kOfLabour},
    {freelance_form, "freelance_form", "ZY-2026-1", "自由职业和自主创业登记表", "适用于自主创业、自由职业",
     kFreelance, kFreelanceMaterials, kFreelanceText, false, false, kWithoutEmployer},
    {abroad_form, "abroad_form", "CG-2026-1", "毕业生出国登记表", "适用于出国、出境深造或者工作",
     kAbroad, kAbroadMaterials, kAbroadText, false, false, kWithoutEmployer},
    {authorization_letter, "authorization_letter", "SQ-2026-1", "网签授权书", "",
     kAuthorization, {}, kAuthorizationText, true, true, kOfAuthorization},
    {termination_application, "termination_application", "JY-JC-2026-1", "解除就业协议申请表", "",
     kTermination, kTerminationMaterials, kTerminationText, false, false, kOfTermination},
    {receipt, "receipt", "HZ-2026-1", "受理回执", "", kReceipt, {}, kReceiptText, false, false, {}},
    {return_slip, "return_slip", "TH-2026-1", "回传退回通知单", "", kSlip, {}, kSlipText, false, false, {}},
};
// clang-format on

}  // namespace

std::span<const DocumentSpec> document_specs() { return kSpecs; }

const DocumentSpec& spec_of(Document document) { return kSpecs[static_cast<std::size_t>(document)]; }

}  // namespace wq::render
