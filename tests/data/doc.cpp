#include "tests/data/doc.h"

#include "data/base/utf8.h"
#include "data/domain/destinations.h"
#include "data/domain/fields.h"
#include "data/domain/lifecycle.h"
#include "data/domain/termination.h"
#include "data/os/files.h"
#include "data/os/log.h"

namespace wq::test {
namespace {

using namespace domain;

constexpr const char* kPicture =
    "![The lifecycle as a picture](lifecycle.svg)\n\nBlue: the student or the employer acts; yellow: it is "
    "in "
    "review; green: it is in force; red: a termination is under way; grey: it has ended. Dashed: where "
    "departments have no part in it, or a second person has to confirm. `wq_data_doc` writes "
    "[lifecycle.dot](lifecycle.dot), and Graphviz draws it.\n";

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

// A | would end the cell.
std::string cell(std::string_view text) {
    std::string escaped;
    for (char c : text) escaped += c == '|' ? std::string("\\|") : std::string(1, c);
    return escaped;
}

std::string_view name_of_kind(const Field& field) {
    switch (field.kind) {
        case FieldKind::text:
            return "text";
        case FieldKind::long_text:
            return "lines of text";
        case FieldKind::code:
            return "code of";
        case FieldKind::region:
            return "lowest code of";
        case FieldKind::yes_no:
            return "yes or no";
        case FieldKind::credit_code:
            return "credit code (GB 32100)";
        case FieldKind::resident_id:
            return "resident id (GB 11643)";
        case FieldKind::mobile:
            return "mobile";
        case FieldKind::phone:
            return "telephone";
        case FieldKind::email:
            return "e-mail";
        case FieldKind::date:
            return "YYYY-MM-DD";
        case FieldKind::month:
            return "YYYYMM";
        case FieldKind::number:
            return "number";
    }
    return "";
}

std::string fields_table(const char* title, std::span<const Field> fields) {
    std::string text = std::string("### ") + title +
                       "\n\n| key | 中文 | English | holds | most | needed | also read as "
                       "|\n|---|---|---|---|---|---|---|\n";
    for (const Field& field : fields)
        text += "| " + code(field.key) + " | " + std::string(field.name_zh) + " | " +
                std::string(field.name_en) + " | " + std::string(name_of_kind(field)) +
                (field.table.empty() ? "" : " " + code(field.table)) + " | " +
                std::to_string(field.max_length) + " | " + (field.need == Need::required ? "yes" : "") +
                " | " + cell(field.also) + " |\n";
    return text + "\n";
}

template <class Enum>
std::string names(unsigned bits, Enum last) {
    std::string text;
    for (unsigned i = 0; i <= static_cast<unsigned>(last); ++i)
        if (bits >> i & 1) text += (text.empty() ? "" : ", ") + std::string(name_of(static_cast<Enum>(i)));
    return text;
}

std::string settings_table() {
    std::string text =
        "## Settings\n\nA setting that nobody may change is given when the campus is made.\n\n"
        "| key | 中文 | English | may be | preset | set by |\n|---|---|---|---|---|---|\n";
    for (const Setting& setting : campus_settings())
        text += "| " + code(setting.key) + " | " + std::string(setting.name_zh) + " | " +
                std::string(setting.name_en) + " | " +
                cell(setting.choices.empty() ? setting.pattern : setting.choices) + " | " +
                std::string(setting.preset) + " | " + names(setting.roles, Role::ministry) + " |\n";
    return text + "\n";
}

std::string listed(const std::vector<std::string>& items, std::string_view between) {
    std::string text;
    for (const std::string& item : items) text += (text.empty() ? "" : std::string(between)) + item;
    return text;
}

std::string need_text(const MaterialNeed& need) {
    std::vector<std::string> kinds;
    for (std::string_view kind : need.kinds) kinds.push_back(code(kind));
    std::string text = listed(kinds, " or ");
    if (!need.when_field.empty())
        text += " (unless " + code(need.when_field) + " is " + std::string(need.unless) + ")";
    return text;
}

std::string destinations_table() {
    std::string text =
        "## Other destinations\n\nCodes of the table `destination`; a rule holds for all codes that begin "
        "with "
        "its own. Optional fields in brackets.\n\n| code | fields | materials |\n|---|---|---|\n";
    for (const DestinationRule& rule : destination_rules()) {
        std::vector<std::string> fields, needs;
        for (const FieldUse& use : rule.fields)
            fields.push_back(use.need == Need::required ? code(use.key) : "[" + code(use.key) + "]");
        for (const MaterialNeed& need : rule.needs) needs.push_back(need_text(need));
        text += "| " + std::string(rule.code) + " | " + listed(fields, ", ") + " | " + listed(needs, "; ") +
                " |\n";
    }
    text += "\n| material | 中文 | English |\n|---|---|---|\n";
    for (const Material& material : materials())
        text += "| " + code(material.kind) + " | " + std::string(material.name_zh) + " | " +
                std::string(material.name_en) + " |\n";
    return text + "\n";
}

std::string termination_table() {
    constexpr std::string_view kSides[] = {"", "who asked", "who was asked", "only where the student asked"};
    std::string text =
        "## Termination\n\nWhile a request is open the record is `terminating`; `department_review` is "
        "passed "
        "over unless `termination_department_review` is on. A request that the other side refused may still "
        "be "
        "forced.\n\n| stage | action | roles | kinds | side | next | reason "
        "|\n|---|---|---|---|---|---|---|\n";
    for (const TerminationStep& step : termination_steps())
        text += "| " + (step.from ? code(name_of(*step.from)) : "none") + " | " + code(name_of(step.action)) +
                " | " + names(step.roles, Role::ministry) + " | " + names(step.kinds, Kind::destination) +
                " | " + std::string(kSides[static_cast<std::size_t>(step.side)]) + " | " +
                code(name_of(step.to)) + " | " + (step.needs_reason ? "yes" : "") + " |\n";
    return text + "\n";
}

std::string target_text(const Transition& transition) {
    const auto to = targets(transition);
    std::string text = code(name_of(to[0]));
    if (transition.target == Target::passed) return text + " (offline) or " + code(name_of(to[1]));
    return to.size() == 1 ? text : text + " where it is on, else " + code(name_of(to[1]));
}

std::string lifecycle_table() {
    std::string text =
        "## Lifecycle\n\n| state | 中文 | action | 中文 | roles | kinds | next | reason "
        "|\n|---|---|---|---|---|---|---|---|\n";
    for (const Transition& t : transitions()) {
        const std::string state(name_of(t.from)), action(name_of(t.action));
        text += "| " + code(state) + " | " + wording("state." + state) + " | " + code(action) + " | " +
                wording("action." + action) + " | " + names(t.roles, Role::ministry) + " | " +
                names(t.kinds, Kind::destination) + " | " + target_text(t) + " | " +
                (t.needs_reason ? "yes" : "") + " |\n";
    }
    return text + "\n";
}

std::string log_table() {
    std::string text = "\n## Log\n\n| entry | level | carries | when |\n|---|---|---|---|\n";
    for (const os::LogEntry& entry : os::log_catalogue()) {
        std::string keys;
        for (std::string_view key : split(entry.keys, ','))
            if (!key.empty()) keys += (keys.empty() ? "" : ", ") + code(key);
        const char* level = entry.level == os::LogLevel::info      ? "info"
                            : entry.level == os::LogLevel::warning ? "warning"
                                                                   : "error";
        text += "| " + code(entry.name) + " | " + level + " | " + keys + " | " + cell(entry.meaning) + " |\n";
    }
    return text;
}

}  // namespace

std::string wording(const std::string& key) {
    static const std::string kText = os::read_text(os::assets_folder() / "wording.tsv").value();
    for (std::string_view line : split(kText, '\n')) {
        const auto cells = split(line, '\t');
        if (cells.size() > 1 && cells[0] == key) return std::string(cells[1]);
    }
    return {};
}

std::vector<State> targets(const Transition& transition) {
    switch (transition.target) {
        case Target::review:
            return {State::department_review, State::school_review};
        case Target::return_review:
            return {State::return_department_review, State::return_school_review};
        case Target::passed:
            return {State::approved, State::effective};
        case Target::state:
            return {transition.to};
    }
    return {};
}

std::string generated_doc() {
    return "## Fields\n\n" + fields_table("Agreement", agreement_fields()) +
           fields_table("Supplement: the agreement's, and",
                        supplement_fields().subspan(agreement_fields().size())) +
           fields_table("Other destination", destination_fields()) +
           fields_table("Graduate", graduate_fields()) + fields_table("Employer", employer_fields()) +
           fields_table("Employer's account, further", account_fields().subspan(employer_fields().size())) +
           settings_table() + destinations_table() + lifecycle_table() + termination_table() + kPicture +
           log_table();
}

std::string with_generated_doc(const std::string& readme) {
    const std::size_t begin = readme.find(kDocBegin), end = readme.find(kDocEnd);
    if (begin == readme.npos || end == readme.npos) return readme;
    return readme.substr(0, begin) + kDocBegin + "\n" + generated_doc() + "\n" + readme.substr(end);
}

}  // namespace wq::test
