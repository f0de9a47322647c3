#include "data/domain/destinations.h"

#include "data/domain/lifecycle.h"

#include <algorithm>

namespace wq::domain {
namespace {

using enum Need;

// clang-format off
constexpr Material kMaterials[] = {
    {"employment_form",    "劳动合同和单位用工证明登记表", "Registration form for labour contract and proof of employment", "labour_form"},
    {"labour_contract",    "劳动合同",                     "Labour contract", ""},
    {"hiring_document",    "用人单位提供的录用文件",       "Employer's hiring document", ""},
    {"employment_proof",   "用工证明",                     "Proof of employment", ""},
    {"income_proof",       "截止当前的工资收入证明或流水", "Proof of income or pay records to date", ""},
    {"reserve_notice",     "预定兵通知书",                 "Notice of provisional enlistment", ""},
    {"enlistment_notice",  "入伍通知书",                   "Notice of enlistment", ""},
    {"project_list",       "项目录用名单",                 "Programme's list of admissions", ""},
    {"project_agreement",  "项目服务协议书",               "Programme's service agreement", ""},
    {"freelance_form",     "自由职业和自主创业登记表(本人签字)", "Registration form for freelancers and ventures, signed", "freelance_form"},
    {"business_licence",   "营业执照",                     "Business licence", ""},
    {"role_proof",         "合伙人或股东身份的官方查询截图", "Official query proving partner or shareholder", ""},
    {"partners_agreement", "合伙人协议书",                 "Partners' agreement", ""},
    {"place_pictures",     "场地图片",                     "Pictures of the place", ""},
    {"incubator_agreement","孵化机构协议",                 "Incubator's agreement", ""},
    {"incubator_proof",    "孵化机构证明",                 "Incubator's proof", ""},
    {"space_agreement",    "场地使用协议",                 "Use-of-space agreement", ""},
    {"operation_pictures", "近期运营图片",                 "Recent pictures of operation", ""},
    {"product_pictures",   "产品图片",                     "Pictures of the product", ""},
    {"activity_pictures",  "活动图片",                     "Pictures of an activity", ""},
    {"platform_agreement", "第三方平台证明(使用协议)",   "Third-party platform's proof (use agreement)", ""},
    {"shop_pictures",      "网店图片",                     "Pictures of the shop", ""},
    {"balance_pictures",   "营运收支图片",                 "Pictures of income and expense", ""},
    {"agency_contract",    "代理协议书",                   "Agency contract", ""},
    {"blogger_contract",   "博主签约材料",                 "Blogger's contract", ""},
    {"esports_account",    "电子竞技签约账号材料",         "E-sports account", ""},
    {"freelance_proof",    "其他自由职业证明",             "Other proof of freelance work", ""},
    {"admission_list",     "录取名单",                     "Admission list", ""},
    {"admission_letter",   "录取通知书",                   "Admission letter", ""},
    {"abroad_form",        "毕业生出国登记表",             "Registration form for going abroad", "abroad_form"},
    {"foreign_acceptance", "国外用人单位接收证明",         "Foreign employer's acceptance", ""},
    {"foreign_admission",  "国外学校录取通知书",           "Foreign school's admission letter", ""},
};
// clang-format on

std::vector<FieldUse> employer_and(std::vector<FieldUse> more) {
    std::vector<FieldUse> fields = {{"employer_name", required},
                                    {"credit_code", Need::optional},
                                    {"credit_code_note", Need::optional},
                                    {"employer_nature", required},
                                    {"industry", required},
                                    {"region", required},
                                    {"address", required},
                                    {"post", required},
                                    {"contact_name", required},
                                    {"contact_mobile", required},
                                    {"contact_email", Need::optional},
                                    {"contact_phone", Need::optional}};
    fields.insert(fields.end(), more.begin(), more.end());
    return fields;
}

std::vector<FieldUse> venture_and(std::vector<FieldUse> more) {
    std::vector<FieldUse> fields = {{"venture_name", required},
                                    {"starts_on", required},
                                    {"region", required},
                                    {"address", required},
                                    {"activity", required}};
    fields.insert(fields.begin() + 1, more.begin(), more.end());
    return fields;
}

std::vector<DestinationRule> make_rules() {
    constexpr Need may = Need::optional;
    const std::vector<FieldUse> project = employer_and({{"starts_on", required}, {"ends_on", may}});
    const std::vector<MaterialNeed> listed = {{{"project_list", "project_agreement"}}};
    const std::vector<FieldUse> nothing_yet = {{"intention", may}};
    return {
        {"11",
         employer_and({{"starts_on", required}, {"ends_on", may}, {"monthly_pay", may}}),
         {{{"employment_form"}}, {{"labour_contract", "hiring_document"}}}},
        {"12",
         employer_and({{"hiring_form", required}, {"starts_on", required}, {"monthly_pay", required}}),
         {{{"employment_form"}}, {{"employment_proof", "income_proof"}}}},
        {"27",
         employer_and({{"starts_on", required}, {"ends_on", may}, {"monthly_pay", may}}),
         {{{"employment_proof", "hiring_document"}}}},
        {"46",
         {{"enlistment_region", required}, {"starts_on", required}},
         {{{"reserve_notice", "enlistment_notice"}}}},
        {"50", project, listed},
        {"51", project, listed},
        {"70", nothing_yet, {}},
        {"71", nothing_yet, {}},
        {"72", nothing_yet, {}},
        {"751",
         venture_and({{"credit_code", required},
                      {"venture_role", required},
                      {"partners", may},
                      {"monthly_pay", may}}),
         {{{"freelance_form"}}, {{"business_licence"}}, {{"role_proof"}, "venture_role", "1"}}},
        {"752",
         venture_and({{"venture_role", required}, {"partners", may}, {"monthly_pay", may}}),
         {{{"freelance_form"}},
          {{"partners_agreement"}},
          {{"place_pictures"}},
          {{"incubator_agreement", "incubator_proof", "space_agreement"}},
          {{"operation_pictures"}},
          {{"product_pictures", "activity_pictures"}}}},
        {"753",
         venture_and({{"venture_address", required}, {"monthly_pay", may}}),
         {{{"freelance_form"}},
          {{"platform_agreement"}},
          {{"product_pictures", "shop_pictures"}},
          {{"balance_pictures"}}}},
        {"76",
         {{"activity", required},
          {"starts_on", required},
          {"region", required},
          {"venture_address", may},
          {"monthly_pay", required}},
         {{{"freelance_form"}},
          {{"agency_contract", "blogger_contract", "esports_account", "freelance_proof"}}}},
        {"80",
         {{"study_school", required}, {"study_major", may}},
         {{{"admission_list", "admission_letter"}}}},
        {"85",
         {{"abroad_purpose", required},
          {"country", required},
          {"abroad_name", required},
          {"abroad_name_foreign", required},
          {"abroad_major", may},
          {"abroad_major_foreign", may},
          {"abroad_level", may},
          {"abroad_funding", may},
          {"starts_on", required},
          {"archive_handling", may},
          {"family_contact", may},
          {"family_phone", may}},
         {{{"abroad_form"}}, {{"foreign_acceptance", "foreign_admission"}}}},
    };
}

std::optional<Refusal> check_code(const Form& form, const Codes& codes) {
    const std::string code(value_of(form, "destination"));
    if (code.empty()) return Refusal{"required"};
    if (!codes.table("destination").find(code)) return Refusal{"code_unknown", {{"code", code}}};
    if (codes.table("destination").has_children(code)) return Refusal{"code_not_lowest", {{"code", code}}};
    if (!rule_of(code)) return Refusal{"destination_by_agreement"};
    return std::nullopt;
}

}  // namespace

std::span<const Material> materials() { return kMaterials; }

const Material* find_material(std::string_view kind) {
    const auto at = std::ranges::find(kMaterials, kind, &Material::kind);
    return at == std::end(kMaterials) ? nullptr : &*at;
}

std::span<const DestinationRule> destination_rules() {
    static const std::vector<DestinationRule> kRules = make_rules();
    return kRules;
}

const DestinationRule* rule_of(std::string_view destination) {
    const auto at = std::ranges::find_if(
        destination_rules(), [&](const DestinationRule& rule) { return destination.starts_with(rule.code); });
    return at == destination_rules().end() ? nullptr : &*at;
}

std::vector<MaterialNeed> needs_of(Kind kind, const Form& form) {
    if (kind == Kind::supplement) return {{{"agreement_page"}}};
    std::vector<MaterialNeed> needs;
    if (kind != Kind::destination) return needs;
    const DestinationRule* rule = rule_of(value_of(form, "destination"));
    if (!rule) return needs;
    for (const MaterialNeed& need : rule->needs) {
        const std::string_view given = value_of(form, need.when_field);
        if (need.when_field.empty() || (!given.empty() && given != need.unless)) needs.push_back(need);
    }
    return needs;
}

bool is_met(const MaterialNeed& need, const std::vector<Attachment>& attachments) {
    return std::ranges::any_of(attachments, [&](const Attachment& attachment) {
        return std::ranges::find(need.kinds, attachment.kind) != need.kinds.end();
    });
}

std::vector<MaterialNeed> missing_materials(Kind kind, const Form& form,
                                            const std::vector<Attachment>& attachments) {
    std::vector<MaterialNeed> missing = needs_of(kind, form);
    std::erase_if(missing, [&](const MaterialNeed& need) { return is_met(need, attachments); });
    return missing;
}

std::vector<Field> fields_of_destination(std::string_view destination) {
    std::vector<Field> fields = {*find_field(destination_fields(), "destination")};
    fields[0].need = required;
    const DestinationRule* rule = rule_of(destination);
    if (!rule) return fields;
    for (const FieldUse& use : rule->fields) {
        fields.push_back(*find_field(destination_fields(), use.key));
        fields.back().need = use.need;
    }
    return fields;
}

std::vector<Field> fields_shown(Kind kind, const Form& form) {
    if (kind == Kind::destination) return fields_of_destination(value_of(form, "destination"));
    const auto fields = fields_of(kind);
    return {fields.begin(), fields.end()};
}

std::vector<Problem> check_destination(const Form& form, const Codes& codes) {
    if (auto wrong = check_code(form, codes)) return {{"destination", std::move(*wrong)}};
    const std::vector<Field> fields = fields_of_destination(value_of(form, "destination"));
    std::vector<Problem> problems = check_form(fields, form, codes);
    if (find_field(fields, "credit_code_note")) excuse_credit_code(form, problems);
    const auto from = day_from_iso(value_of(form, "starts_on")), to = day_from_iso(value_of(form, "ends_on"));
    if (from && to && *to < *from) problems.push_back({"ends_on", {"dates_reversed"}});
    return problems;
}

}  // namespace wq::domain
