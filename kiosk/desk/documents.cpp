#include "kiosk/desk/documents.h"

#include "data/base/utf8.h"
#include "kiosk/desk/record_view.h"

#include <algorithm>

namespace wq::desk {
namespace {

Speech chinese(const Home& home) { return {home.wording(), Language::zh}; }

void put(domain::Form& values, std::span<const domain::Field> fields, const domain::Form& form,
         const Home& home) {
    for (const domain::Field& field : fields) {
        const auto value = domain::value_of(form, field.key);
        if (value.empty()) continue;
        // A form that goes to an office has the whole number.
        values.insert_or_assign(std::string(field.key),
                                field.kind == domain::FieldKind::resident_id
                                    ? std::string(value)
                                    : shown_value(field, value, home.codes(), chinese(home)));
    }
}

void put_graduate(domain::Form& values, Home& home, std::string_view exam_number) {
    const auto graduate = home.store().graduates().find(exam_number);
    if (!graduate) return;
    put(values, domain::graduate_fields(), graduate->base, home);
    values["student_name"] = domain::value_of(values, "name");
    values["student_sex"] = domain::value_of(values, "sex");
}

void put_campus(domain::Form& values, Home& home) {
    const domain::Campus campus = home.campus();
    values["school_name"] = campus.school_name();
    values["office_name"] = domain::value_of(campus.settings, "office_name");
    values["sample"] = campus.is_demo() ? "yes" : "no";
}

// "劳动合同 2 份、登记表 1 份"
std::string counted(const std::vector<domain::Attachment>& attachments, const Speech& speech) {
    std::vector<std::pair<std::string, int>> counts;
    for (const domain::Attachment& attachment : attachments) {
        const std::string name = speech.material(attachment.kind);
        const auto at = std::ranges::find(counts, name, &std::pair<std::string, int>::first);
        if (at == counts.end())
            counts.emplace_back(name, 1);
        else
            ++at->second;
    }
    std::string text;
    for (const auto& [name, count] : counts)
        text += (text.empty() ? "" : speech.say("kinds.and")) + name +
                speech.say("receipt.count", {{"count", std::to_string(count)}});
    return text;
}

}  // namespace

domain::Form form_values(Home& home, std::string_view exam_number, domain::Kind kind,
                         const domain::Form& form) {
    domain::Form values;
    put_graduate(values, home, exam_number);
    put(values, domain::fields_of(kind), domain::normalised(domain::fields_of(kind), form, home.codes()),
        home);
    const std::string region(domain::value_of(values, "region")),
        address(domain::value_of(values, "address"));
    values["full_address"] = region + (region.empty() || address.empty() ? "" : " ") + address;
    put_campus(values, home);
    return values;
}

domain::Form application_values(Home& home, const domain::Registration& record, const domain::Form& form,
                                std::string_view reason) {
    domain::Form values = form_values(home, record.exam_number, record.kind, record.form);
    put(values, domain::termination_fields(), form, home);
    values["number"] = record.number;
    if (record.effective.ms > 0) values["signed_on"] = to_iso(day_in_china(record.effective));
    values["initiator"] = chinese(home).say("who.student");
    values["reason"] = trimmed(reason);
    return values;
}

domain::Form receipt_values(Home& home, const domain::Registration& record) {
    const Speech speech = chinese(home);
    domain::Form values;
    put_graduate(values, home, record.exam_number);
    put_campus(values, home);
    // Numbers are given at the approval; before it the record's own id stands for it.
    values["receipt_number"] =
        record.number.empty() ? to_upper_ascii(to_text(record.id).substr(0, 18)) : record.number;
    values["matter"] = speech.say("kind." + std::string(domain::name_of(record.kind))) + " " +
                       title_of(record.form, home.codes(), speech);
    values["submitted_at"] = shown_time(record.changed);
    values["status"] = status_of(record, home.campus(), speech);
    values["place"] = domain::value_of(values, "office_name");
    values["materials"] = counted(domain::attachments_of(record), speech);
    values["next_step"] = next_step_of(record, speech);
    return values;
}

}  // namespace wq::desk
