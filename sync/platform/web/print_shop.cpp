#include "sync/platform/web/print_shop.h"

#include "data/os/record_words.h"

namespace wq::platform {

struct PrintShop::Presses {
    render::AgreementPress agreements;
    render::Press plain{agreements.fonts(), {}};
};

PrintShop::Presses& PrintShop::presses() {
    if (!presses_) presses_ = std::make_shared<Presses>();
    return *presses_;
}

Result<Bytes> PrintShop::agreement(const domain::Registration& record) {
    if (!record.paper) return refuse("paper_missing");
    const std::lock_guard lock(mutex_);
    return presses().agreements.pdf(*record.paper);
}

Result<Bytes> PrintShop::letter(const domain::Form& form, const os::Speech& speech) {
    const std::lock_guard lock(mutex_);
    domain::Form values;
    for (const domain::Field& field : domain::account_fields()) {
        const std::string value(domain::value_of(form, field.key));
        // An office's letter has the whole number.
        values.insert_or_assign(std::string(field.key),
                                field.kind == domain::FieldKind::resident_id
                                    ? value
                                    : os::shown_value(field, value, registry_->codes(), speech));
    }
    values["full_address"] = values["region"] + values["address"];
    const auto document = render::Document::authorization_letter;
    values["template"] = render::template_of(document);
    return render::lay_out(presses().plain.fonts(), document, values)
        .and_then([&](const render::Sheets& sheets) { return presses().plain.print(sheets); });
}

}  // namespace wq::platform
