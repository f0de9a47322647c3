#include "kiosk/ui/student/form_pages.h"

#include "data/domain/destinations.h"

namespace wq::ui::student {

std::vector<FormPage> pages_of(domain::Kind kind, const domain::Form& form) {
    using enum FormPage::Body;
    std::vector<FormPage> pages;
    if (kind == domain::Kind::destination)
        pages = {{fields, "destination", 0}};
    else
        pages = {{fields, "employer", 1}, {fields, "post", 2}, {fields, "terms", 3}};
    if (!domain::needs_of(kind, form).empty())
        pages.push_back({materials, kind == domain::Kind::supplement ? "papers" : "materials", 0});
    pages.push_back({check, "check", 0});
    return pages;
}

std::vector<domain::Field> fields_on(const FormPage& page, domain::Kind kind, const domain::Form& form) {
    if (page.body != FormPage::Body::fields) return {};
    std::vector<domain::Field> fields = domain::fields_shown(kind, form);
    if (page.step != 0)
        std::erase_if(fields, [&](const domain::Field& field) { return field.step != page.step; });
    return fields;
}

}  // namespace wq::ui::student
