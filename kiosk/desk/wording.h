// Every sentence that a person reads, in one place: assets/wording.tsv, key -> Chinese and English. Refusals
// are found by "refusal." + code, states by "state." + name. Arguments stand in the text as {name}. One
// table instead of gettext catalogues: command line, windows, slips and platform say the same words, and a
// test proves that each key has both languages.
#pragma once

#include "data/base/result.h"
#include "data/domain/campus.h"
#include "data/domain/checks.h"
#include "data/domain/registration.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace wq::desk {

enum class Language { zh, en };

class Wording {
  public:
    // Refuses with `wording_wrong` {line, reason}.
    static Result<Wording> parse(std::string_view tsv);

    bool has(std::string_view key) const { return sentences_.contains(key); }
    // An unknown key is shown as the key itself, so that a mistake is seen and nothing else breaks.
    std::string say(std::string_view key, Language language, const Args& args = {}) const;

  private:
    struct Sentence {
        std::string zh, en;
    };
    std::map<std::string, Sentence, std::less<>> sentences_;
};

// A wording in one language, as the desks and the windows use it; cheap to copy.
class Speech {
  public:
    Speech(const Wording& wording, Language language) : wording_(&wording), language_(language) {}

    Language language() const { return language_; }
    std::string say(std::string_view key, const Args& args = {}) const {
        return wording_->say(key, language_, args);
    }
    // With the codes in its arguments as people call them, and the sentence that fits them best:
    // "refusal.CODE.KIND", ".review" (a state before the approval), ".told" (with who changed something).
    std::string operator()(const Refusal& refusal) const;
    // What a material or a paper is called.
    std::string material(std::string_view kind) const;
    std::string name(const domain::Field& field) const;
    std::string name(const domain::Code& code) const;
    // The state in the words of the platform; two-party schools review 审核, three-party ones attest 鉴证.
    std::string state(domain::State state, domain::Kind kind, const domain::Campus& campus) const;

  private:
    std::string shown(const std::string& name, const std::string& value) const;

    const Wording* wording_;
    Language language_;
};

}  // namespace wq::desk
