#include "kiosk/desk/wording.h"

namespace wq::desk {

std::string Speech::operator()(const Refusal& refusal) const {
    return say("refusal." + refusal.code, refusal.args);
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
