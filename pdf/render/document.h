// The other papers of a campus: registration forms of destinations, the employer's letter of authorization,
// the application to end an agreement, the receipt of a submission. Each is a table of what stands where
// (document_table.cpp); values come by key in the words of people. Without codes: they are signed and brought
// back as materials. Not for the agreement (agreement.h).
#pragma once

#include "data/domain/form.h"
#include "pdf/render/press.h"

#include <optional>
#include <string_view>
#include <vector>

namespace wq::render {

enum class Document {
    labour_form,              // 劳动合同和单位用工证明登记表
    freelance_form,           // 自由职业和自主创业登记表
    abroad_form,              // 毕业生出国登记表
    authorization_letter,     // 网签授权书
    termination_application,  // 解约申请
    receipt,                  // 受理回执
    return_slip,              // 回传退回通知单 (R52)
};

std::string_view name_of(Document document);
std::optional<Document> document_named(std::string_view name);

// The keys that stand on it, in the order of the paper; "template" and "sample" ("yes": 样张) besides.
std::vector<std::string_view> keys_of(Document document);
// Its newest version of wording and geometry, for "template"; a version stays printable for ever.
std::string_view template_of(Document document);

// Shown below the text, as wide as it says (mm) as far as the sheet allows.
struct CaptionedPhoto {
    std::string caption;
    std::shared_ptr<const Photograph> picture;
    double width = 0;
};

// An empty value is struck out (／), a long one goes on in an annex. Refuses with `template_unknown`
// {version} or `character_not_printable` {code_point}.
Result<Sheets> lay_out(const Fonts& fonts, Document document, const domain::Form& values,
                       const std::vector<CaptionedPhoto>& photos = {});

}  // namespace wq::render
