#include "data/os/speech.h"

#include "data/base/utf8.h"
#include "data/domain/destinations.h"

namespace wq::os {

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
        if (!text.empty()) text += say("kinds.and");
        std::string either;
        for (std::string_view kind : split(need, '|'))
            either += (either.empty() ? "" : say("kinds.or")) + material(kind);
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

}  // namespace wq::os
