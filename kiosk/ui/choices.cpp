#include "kiosk/ui/choices.h"

#include "data/domain/destinations.h"
#include "kiosk/desk/record_view.h"

namespace wq::ui {
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

// "请准备：录取名单 / 录取通知书"
std::string to_bring(const std::string& destination, const desk::Speech& speech) {
    std::string text;
    for (const domain::MaterialNeed& need :
         domain::needs_of(domain::Kind::destination, {{"destination", destination}})) {
        std::string any;
        for (std::string_view kind : need.kinds) any += (any.empty() ? "" : " / ") + speech.material(kind);
        text += (text.empty() ? "" : speech.say("list.and")) + any;
    }
    return text.empty() ? speech.say("student.other.nothing")
                        : speech.say("student.other.bring", {{"materials", text}});
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

Choices destination_choices(const domain::Codes& codes, desk::Speech speech) {
    const domain::CodeTable& table = codes.table("destination");
    Choices choices = choices_of(table, speech);
    choices.level = [whole = choices.level, speech](const std::vector<std::string>& path) {
        std::vector<Option> options = whole(path);
        std::erase_if(options,
                      [](const Option& option) { return !option.opens && !domain::rule_of(option.code); });
        for (Option& option : options)
            if (!option.opens) option.detail = to_bring(option.code, speech);
        return options;
    };
    choices.search = nullptr;  // few enough: a search filters the level in view
    return choices;
}

}  // namespace wq::ui
