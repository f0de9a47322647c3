#include "kiosk/desk/wording.h"

#include "data/base/utf8.h"
#include "data/domain/destinations.h"

namespace wq::desk {
namespace {

std::string with_args(std::string text, const Args& args) {
    for (const auto& [name, value] : args) {
        const std::string mark = "{" + name + "}";
        for (std::size_t at = text.find(mark); at != std::string::npos;
             at = text.find(mark, at + value.size()))
            text.replace(at, mark.size(), value);
    }
    return text;
}

std::string with_line_feeds(std::string_view cell) {
    std::string text(cell);
    for (std::size_t at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at))
        text.replace(at, 2, "\n");
    return text;
}

}  // namespace

Result<Wording> Wording::parse(std::string_view tsv) {
    Wording wording;
    std::size_t line = 0;
    const auto wrong = [&](std::string reason) {
        return refuse("wording_wrong", {{"line", std::to_string(line)}, {"reason", std::move(reason)}});
    };
    for (std::string_view text : split(tsv, '\n')) {
        ++line;
        if (text.empty() || text.starts_with('#') || text == "key\tzh\ten") continue;
        const auto cells = split(text, '\t');
        if (cells.size() != 3 || cells[0].empty() || cells[1].empty() || cells[2].empty())
            return wrong("three columns are wanted: key, zh, en");
        if (!wording.sentences_
                 .emplace(cells[0], Sentence{with_line_feeds(cells[1]), with_line_feeds(cells[2])})
                 .second)
            return wrong("doubled key " + std::string(cells[0]));
    }
    return wording;
}

std::string Wording::say(std::string_view key, Language language, const Args& args) const {
    const auto at = sentences_.find(key);
    if (at == sentences_.end()) return std::string(key);
    return with_args(language == Language::zh ? at->second.zh : at->second.en, args);
}

// Codes in a refusal's arguments as people call them; what has no words stays.
std::string Speech::shown(const std::string& name, const std::string& value) const {
    const std::pair<std::string_view, std::string_view> kWords[] = {{"state", "state."},
                                                                    {"action", "action."},
                                                                    {"role", "who."},
                                                                    {"mode", "mode."},
                                                                    {"choices", "pattern."}};
    for (const auto& [argument, prefix] : kWords)
        if (name == argument && wording_->has(std::string(prefix) + value))
            return say(std::string(prefix) + value);
    if (name != "kinds") return value;
    // "a|b,c": a or b, and c.
    std::string text;
    for (std::string_view need : split(value, ',')) {
        if (!text.empty()) text += say("list.and");
        std::string either;
        for (std::string_view kind : split(need, '|'))
            either += (either.empty() ? "" : say("list.or")) + material(kind);
        text += either;
    }
    return text;
}

std::string Speech::operator()(const Refusal& refusal) const {
    Args args;
    std::vector<std::string> variants;
    for (const auto& [name, value] : refusal.args) {
        args.emplace_back(name, shown(name, value));
        if (name == "kind") variants.push_back("." + value);
        const auto state = name == "state" ? domain::state_named(value) : std::nullopt;
        if (state && !domain::holds_slot(*state)) variants.emplace_back(".review");
        if (name == "time") variants.emplace_back(".told");
    }
    const std::string key = "refusal." + refusal.code;
    for (const std::string& variant : variants)
        if (wording_->has(key + variant)) return say(key + variant, args);
    return say(key, args);
}

std::string Speech::material(std::string_view kind) const {
    if (const domain::Material* known = domain::find_material(kind))
        return std::string(language_ == Language::zh ? known->name_zh : known->name_en);
    return say("material." + std::string(kind));
}

std::string Speech::name(const domain::Field& field) const {
    return std::string(language_ == Language::zh ? field.name_zh : field.name_en);
}

std::string Speech::name(const domain::Code& code) const {
    return language_ == Language::zh || code.name_en.empty() ? code.name_zh : code.name_en;
}

std::string Speech::state(domain::State state, domain::Kind kind, const domain::Campus& campus) const {
    const std::string key = "state." + std::string(domain::name_of(state));
    const std::string of_parties = key + (campus.parties() == 2 ? ".two" : ".three");
    const std::string of_kind = key + "." + std::string(domain::name_of(kind));
    for (const std::string& special : {of_parties, of_kind})
        if (wording_->has(special)) return say(special);
    return say(key);
}

}  // namespace wq::desk
