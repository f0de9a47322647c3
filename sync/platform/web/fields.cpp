#include "sync/platform/web/fields.h"

#include "data/base/utf8.h"

#include <algorithm>

namespace wq::platform {
namespace {

using domain::FieldKind;

constexpr std::size_t kMostCandidates = 12;

// Everything a template asks of a field, so that nothing of the surroundings shows through.
PageData blank_field(const std::string& key, const std::string& label, const Faults& faults) {
    PageData field;
    field.set("key", key);
    field.set("label", label);
    for (const char* name : {"line", "area", "choice", "file", "optional", "hint", "value", "has_candidates",
                             "candidates", "autocomplete", "inputmode", "wide"})
        field.set(name, false);
    const auto fault = faults.find(key);
    put(field, "fault", fault == faults.end() ? "" : fault->second);
    return field;
}

std::vector<PageData> options_of(const std::vector<Option>& options, const std::string& chosen) {
    std::vector<PageData> list;
    for (const Option& option : options) {
        PageData item;
        item.set("code", option.code);
        item.set("name", option.name);
        item.set("chosen", option.code == chosen);
        list.push_back(item);
    }
    return list;
}

void resolve_region(Visit& visit, domain::Form& form, Faults& faults) {
    const std::string chosen = visit.posted["region_chosen"];
    if (visit.registry().codes().table("region").find(chosen)) form["region"] = chosen;
    const auto at = form.find("region");
    if (at == form.end()) return;
    const auto found = visit.house.regions.find(at->second);
    if (found.size() == 1)
        at->second = found[0];
    else
        faults.emplace("region", visit.say(found.empty()                    ? "web.region.unknown"
                                           : found.size() > kMostCandidates ? "web.region.many"
                                                                            : "web.region.which"));
}

std::string region_name(const Visit& visit, const std::string& code) {
    std::string name;
    for (const domain::Code* part : visit.registry().codes().table("region").path(code))
        name += (name.empty() ? "" : " ") + visit.speech().name(*part);
    return name;
}

void put_region(const Visit& visit, PageData& field, const std::string& value) {
    const bool is_code = visit.registry().codes().table("region").find(value) != nullptr;
    field.set("line", true);
    field.set("type", "text");
    put(field, "hint", visit.say("web.region.hint"));
    put(field, "value", is_code ? region_name(visit, value) : value);
    if (is_code) return;
    std::vector<Option> candidates;
    for (const std::string& code : visit.house.regions.find(value))
        candidates.push_back({code, region_name(visit, code)});
    if (candidates.size() > 1 && candidates.size() <= kMostCandidates)
        put(field, "candidates", options_of(candidates, {}));
}

const char* input_type(FieldKind kind) {
    if (kind == FieldKind::email) return "email";
    if (kind == FieldKind::mobile || kind == FieldKind::phone) return "tel";
    return kind == FieldKind::date ? "date" : "text";
}

PageData shown_field(const Visit& visit, const domain::Field& wanted, const std::string& value,
                     const Faults& faults) {
    const std::string key(wanted.key), label = visit.speech().name(wanted);
    const bool is_optional = wanted.need == domain::Need::optional;
    std::vector<Option> options;
    if (wanted.kind == FieldKind::yes_no) options = {{"yes", visit.say("yes")}, {"no", visit.say("no")}};
    if (wanted.kind == FieldKind::code)
        for (const domain::Code& code : visit.registry().codes().table(wanted.table).rows())
            options.push_back({code.code, visit.speech().name(code)});
    PageData field = !options.empty() ? shown_choice(key, label, options, value, faults)
                     : wanted.kind == FieldKind::long_text
                         ? shown_area(key, label, value, faults)
                         : shown_line({key, label, input_type(wanted.kind), value}, faults);
    field.set("optional", is_optional);
    if (wanted.kind == FieldKind::region) put_region(visit, field, value);
    if (wanted.max_length >= 80) field.set("wide", true);
    return field;
}

}  // namespace

domain::Form read_fields(Visit& visit, std::span<const domain::Field> fields, Faults& faults) {
    domain::Form form;
    for (const domain::Field& field : fields)
        if (const std::string value = visit.posted[field.key]; !value.empty()) form.emplace(field.key, value);
    if (domain::find_field(fields, "region")) resolve_region(visit, form, faults);
    return domain::normalised(fields, form, visit.registry().codes());
}

void add_faults(const Visit& visit, const std::vector<domain::Problem>& problems, Faults& faults) {
    for (const domain::Problem& problem : problems)
        faults.emplace(problem.field, visit.speech()(problem.why));
}

std::vector<PageData> shown_fields(const Visit& visit, std::span<const domain::Field> fields,
                                   const domain::Form& form, const Faults& faults,
                                   std::span<const std::string_view> fixed) {
    std::vector<PageData> shown;
    for (const domain::Field& field : fields)
        if (!std::ranges::count(fixed, field.key))
            shown.push_back(
                shown_field(visit, field, std::string(domain::value_of(form, field.key)), faults));
    return shown;
}

PageData shown_line(const Line& line, const Faults& faults) {
    PageData field = blank_field(line.key, line.label, faults);
    field.set("line", true);
    field.set("type", line.type);
    put(field, "value", line.value);
    put(field, "hint", line.hint);
    put(field, "autocomplete", line.autocomplete);
    field.set("optional", line.is_optional);
    return field;
}

PageData shown_choice(const std::string& key, const std::string& label, const std::vector<Option>& options,
                      const std::string& chosen, const Faults& faults) {
    PageData field = blank_field(key, label, faults);
    field.set("choice", true);
    put(field, "options", options_of(options, chosen));
    return field;
}

PageData shown_area(const std::string& key, const std::string& label, const std::string& value,
                    const Faults& faults, bool is_optional) {
    PageData field = blank_field(key, label, faults);
    field.set("area", true);
    field.set("wide", true);
    put(field, "value", value);
    field.set("optional", is_optional);
    return field;
}

PageData shown_file(const std::string& key, const std::string& label, const std::string& hint,
                    const Faults& faults) {
    PageData field = blank_field(key, label, faults);
    field.set("file", true);
    put(field, "hint", hint);
    return field;
}

std::vector<PageData> new_password_lines(const Visit& visit, const Faults& faults) {
    return {
        shown_line({"password_new",
                    visit.say("web.password.new"),
                    "password",
                    {},
                    visit.say("web.password.hint"),
                    "new-password"},
                   faults),
        shown_line({"password_again", visit.say("web.password.again"), "password", {}, {}, "new-password"},
                   faults)};
}

void check_new_passwords(const Visit& visit, const std::string& account, const std::string& name,
                         Faults& faults) {
    const std::string password = visit.posted["password_new"];
    if (const auto refusal = check_new_password(password, account, name))
        faults.emplace("password_new", visit.speech()(*refusal));
    else if (password != visit.posted["password_again"])
        faults.emplace("password_again", visit.say("web.password.differs"));
}

void put_form(const Visit& visit, PageData& values, const std::vector<PageData>& fields,
              const Faults& faults) {
    put(values, "fields", fields);
    put(values, "wrong",
        faults.empty() ? "" : visit.say("refusal.form_wrong", {{"count", std::to_string(faults.size())}}));
}

}  // namespace wq::platform
