// The wording in one language, with the names of fields, codes and states: as desks, windows and the
// platform's pages say it. The sentences themselves are wording.h's.
#pragma once

#include "data/domain/campus.h"
#include "data/domain/checks.h"
#include "data/domain/registration.h"
#include "data/os/wording.h"

#include <string>
#include <string_view>

namespace wq::os {

// A wording in one language, cheap to copy.
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

}  // namespace wq::os
