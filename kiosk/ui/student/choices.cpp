#include "kiosk/ui/student/choices.h"

namespace wq::ui::student {
namespace {

constexpr std::size_t kMostFound = 60;

// A hidden level exists in the codes only: its children stand in its place.
void add_level(std::vector<Option>& options, const domain::CodeTable& table, std::string_view parent,
               const desk::Speech& speech) {
    for (const domain::Code* code : table.children(parent)) {
        if (!code->value("hidden").empty())
            add_level(options, table, code->code, speech);
        else
            options.push_back({code->code, speech.name(*code), {}, {}, {}, table.has_children(code->code)});
    }
}

std::string label_of(const domain::CodeTable& table, std::string_view code, const desk::Speech& speech) {
    std::string label;
    for (const domain::Code* part : table.path(code))
        label += (label.empty() ? "" : " ") + speech.name(*part);
    return label;
}

// Values only: what has lower levels is shown by its children, which carry its name in their detail.
std::vector<Option> found(const domain::CodeTable& table, const std::string& text,
                          const desk::Speech& speech) {
    std::vector<Option> options;
    for (const domain::Code& code : table.rows()) {
        if (table.has_children(code.code)) continue;
        const std::string label = label_of(table, code.code, speech);
        if (label.find(text) == std::string::npos && !code.code.starts_with(text)) continue;
        options.push_back({code.code, speech.name(code), label});
        if (options.size() == kMostFound) break;
    }
    return options;
}

}  // namespace

Choices choices_of(const domain::CodeTable& table, desk::Speech speech) {
    Choices choices;
    choices.level = [&table, speech](const std::vector<std::string>& path) {
        std::vector<Option> options;
        add_level(options, table, path.empty() ? std::string_view() : std::string_view(path.back()), speech);
        return options;
    };
    choices.label_of = [&table, speech](const std::string& code) { return label_of(table, code, speech); };
    for (const domain::Code& code : table.rows()) {
        if (code.parent.empty()) continue;
        choices.search = [&table, speech](const std::string& text) { return found(table, text, speech); };
        break;
    }
    return choices;
}

}  // namespace wq::ui::student
