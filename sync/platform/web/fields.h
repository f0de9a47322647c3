// A form's fields on a page: read from what was sent, checked, and shown again with every fault at its field
// and all that was typed. Which fields there are is data/domain/fields.h's. Private to sync/platform.
#pragma once

#include "sync/platform/web/visit.h"

#include <map>
#include <span>

namespace wq::platform {

using Faults = std::map<std::string, std::string>;  // field -> sentence

// What was sent for these fields, normal. A region that was typed in words becomes its code where there is
// one alone; else the words stay, and `faults` says so.
domain::Form read_fields(Visit& visit, std::span<const domain::Field> fields, Faults& faults);
// Adds what is wrong with a form; a field that has a fault already keeps it.
void add_faults(const Visit& visit, const std::vector<domain::Problem>& problems, Faults& faults);

// For the template "fields". `fixed` are not asked for.
std::vector<PageData> shown_fields(const Visit& visit, std::span<const domain::Field> fields,
                                   const domain::Form& form, const Faults& faults,
                                   std::span<const std::string_view> fixed = {});

// One line of another kind.
struct Line {
    std::string key, label, type = "text", value = {}, hint = {}, autocomplete = {};
    bool is_optional = false;
};
PageData shown_line(const Line& line, const Faults& faults);
struct Option {
    std::string code, name;
};
PageData shown_choice(const std::string& key, const std::string& label, const std::vector<Option>& options,
                      const std::string& chosen, const Faults& faults);
PageData shown_area(const std::string& key, const std::string& label, const std::string& value,
                    const Faults& faults, bool is_optional = false);
PageData shown_file(const std::string& key, const std::string& label, const std::string& hint,
                    const Faults& faults);

// Two lines for a new password, and what is wrong with them.
std::vector<PageData> new_password_lines(const Visit& visit, const Faults& faults);
void check_new_passwords(const Visit& visit, const std::string& account, const std::string& name,
                         Faults& faults);

// "form" of a page: fields, and the sentence above them where any has a fault.
void put_form(const Visit& visit, PageData& values, const std::vector<PageData>& fields,
              const Faults& faults);

}  // namespace wq::platform
