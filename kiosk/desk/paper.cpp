#include "kiosk/desk/paper.h"

#include "data/base/utf8.h"
#include "data/crypto/hash.h"
#include "data/crypto/trust.h"

#include <algorithm>

namespace wq::desk {
namespace {

// The person's values in the words of the paper: names of codes in Chinese, months as 2027 年 6 月.
void put_fields(domain::Form& content, std::span<const domain::Field> fields, const domain::Form& form,
                const domain::Codes& codes, std::string_view (*key_on_paper)(std::string_view)) {
    for (const domain::Field& field : fields) {
        std::string value(domain::value_of(form, field.key));
        if (value.empty()) continue;
        if (field.table == "region")
            value = codes.table("region").full_name(value);
        else if (field.kind == domain::FieldKind::code)
            value = codes.name(field.table, value);
        else if (field.kind == domain::FieldKind::month)
            value = value.substr(0, 4) + "年" + std::to_string(std::stoi(value.substr(4))) + "月";
        content.insert_or_assign(std::string(key_on_paper(field.key)), std::move(value));
    }
}

std::string_view employers_key(std::string_view key) { return key; }
std::string_view graduates_key(std::string_view key) {
    if (key == "name") return "student_name";
    if (key == "sex") return "student_sex";
    return key;
}

domain::PrintCode code_of(const domain::Form& content, const domain::Paper& paper, const Uuid& id) {
    domain::PrintCode code;
    code.registration = id;
    code.revision = paper.revision;
    code.number = domain::value_of(content, "number");
    code.day = days_since_1970(day_from_iso(domain::value_of(content, "issued_on")).value_or(Day{}));
    code.parties = domain::value_of(content, "parties") == "2" ? 2 : 3;
    code.template_version = paper.template_version;
    std::copy_n(paper.digest.begin(), code.digest.size(), code.digest.begin());
    code.sample = domain::value_of(content, "sample") == "yes";
    return code;
}

}  // namespace

Paper::Paper(Home& home) : home_(&home), press_(home.folder() / "cache"), plain_press_(press_.fonts(), {}) {}

Result<domain::Paper> Paper::issue(const domain::Registration& record, const std::string& number) {
    const auto graduate = home_->store().graduates().find(record.exam_number);
    if (!graduate) return refuse("student_unknown");
    const domain::Campus campus = home_->campus();
    domain::Form content;
    put_fields(content, domain::graduate_fields(), graduate->base, home_->codes(), graduates_key);
    put_fields(content, domain::agreement_fields(), record.form, home_->codes(), employers_key);
    for (std::string_view key : {"school_name", "parties", "verify_host", "office_name", "office_contact",
                                 "office_phone", "office_address"})
        content.insert_or_assign(std::string(key), std::string(domain::value_of(campus.settings, key)));
    content.insert_or_assign("number", number);
    content.insert_or_assign("template", render::kAgreementTemplate);
    content.insert_or_assign("sample", campus.is_demo() ? "yes" : "no");
    content.insert_or_assign("issued_on", to_iso(day_in_china(home_->clock().now())));
    const auto printed = render::agreement_keys();
    std::erase_if(content, [&](const auto& entry) { return std::ranges::count(printed, entry.first) == 0; });
    return issue(content, record.id, record.revision + 1, home_->random().bytes(16)).map([](Issued&& issued) {
        return std::move(issued.paper);
    });
}

Result<Paper::Issued> Paper::issue(const domain::Form& content, const Uuid& id, std::int64_t revision,
                                   Bytes salt) {
    const crypto::Signer* issuer = home_->issuing_key();
    if (!issuer) return refuse("issuing_key_missing");
    if (auto right = store::check_clock(home_->store().log(), home_->clock().now()); !right)
        return tl::make_unexpected(right.error());
    domain::Paper paper;
    paper.revision = revision;
    paper.template_version = domain::value_of(content, "template");
    paper.content = content;
    paper.salt = std::move(salt);
    paper.digest = crypto::hmac_sm3(paper.salt, cbor::encode(domain::to_cbor(content)));
    auto sheets = press_.lay_out(paper);
    if (!sheets) return tl::make_unexpected(sheets.error());
    domain::PrintCode code = code_of(content, paper, id);
    const std::string host(domain::value_of(content, "verify_host"));
    code.pages = static_cast<int>(sheets->pages.size());
    code.facts = {std::string(domain::value_of(content, "employer_name")),
                  std::string(domain::value_of(content, "credit_code")),
                  masked_name(domain::value_of(content, "student_name"))};
    for (auto& texts : crypto::signed_page_codes(code, paper.salt, *issuer, host)) {
        paper.upper_codes.push_back(std::move(texts.upper));
        paper.lower_codes.push_back(std::move(texts.lower));
    }
    return Issued{std::move(paper), std::move(*sheets)};
}

Result<Bytes> Paper::made_of(const domain::Form& content) {
    const Bytes bytes = cbor::encode(domain::to_cbor(content));
    const crypto::Digest digest = crypto::sm3(bytes);
    auto issued = issue(content, *uuid_from_bytes(ByteView(digest).first(16)), 1,
                        home_->keyed(text_of(bytes), "paper without a record"));
    if (!issued) return tl::make_unexpected(issued.error());
    return press_.print(issued->paper, std::move(issued->sheets));
}

Result<Bytes> Paper::pdf(const domain::Paper& paper) const { return press_.pdf(paper); }

Result<Bytes> Paper::document(render::Document document, const domain::Form& values,
                              const std::vector<render::CaptionedPhoto>& photos) const {
    return render::lay_out(press_.fonts(), document, values, photos)
        .and_then([&](const render::Sheets& sheets) { return plain_press_.print(sheets); });
}

Result<Bytes> Paper::pdf(const domain::Registration& record) const {
    if (!record.paper) return refuse("paper_missing");
    return pdf(*record.paper);
}

}  // namespace wq::desk
