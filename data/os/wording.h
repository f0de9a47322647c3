// Every sentence that a person reads, in one place: assets/wording.tsv, key -> Chinese and English. Refusals
// are found by "refusal." + code, states by "state." + name. Arguments stand in the text as {name}. One
// table instead of gettext catalogues: command line, windows, slips and platform say the same words, and a
// test proves that each key has both languages.
#pragma once

#include "data/base/result.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace wq::os {

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

// The file in `assets`. Refusals: parse's, read_text's.
Result<Wording> load_wording(const std::filesystem::path& assets);

// A line for a terminal: "code: 中文 | English"; the code alone where the wording can't be read.
std::string told(const Refusal& refusal);

}  // namespace wq::os
