// Agreements as paper: what is issued at an approval, and the PDF that comes of it, the same bytes for ever.
// Reads fonts when it is made (some tens of milliseconds): one for each thread that prints.
#pragma once

#include "kiosk/desk/home.h"
#include "pdf/render/agreement.h"
#include "pdf/render/press.h"

#include <string_view>
#include <vector>

namespace wq::desk {

class Paper {
  public:
    // Fault where a font is missing.
    explicit Paper(Home& home);

    // Everything that the approval of `record` under `number` puts on paper, signed. Refusals:
    // `issuing_key_missing`, `student_unknown`, `character_not_printable` {code_point}.
    Result<domain::Paper> issue(const domain::Registration& record, const std::string& number);
    // The same for any content (agreement_keys()), as the static generator has it.
    Result<domain::Paper> issue(const domain::Form& content, const Uuid& id, std::int64_t revision);

    Result<Bytes> pdf(const domain::Paper& paper) const;
    // Refuses with `paper_missing` a record that has none.
    Result<Bytes> pdf(const domain::Registration& record) const;

  private:
    Home* home_;
    render::Fonts fonts_;
    render::AgreementTemplate form_;
    render::Press press_;
};

// The keys of an agreement's printed content, in the order of the paper.
std::vector<std::string_view> agreement_keys();

}  // namespace wq::desk
