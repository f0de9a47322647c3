// Agreements as the record keeps them (domain::Paper): its content's values laid out and printed with its
// signed codes, the same bytes for ever. What is issued and signed is the caller's.
#pragma once

#include "data/domain/registration.h"
#include "pdf/render/agreement.h"

#include <string_view>
#include <vector>

namespace wq::render {

// The keys of an agreement's printed content, in the order of the paper.
std::vector<std::string_view> agreement_keys();

// Reads fonts when it is made (some tens of milliseconds): one for each thread that prints.
class AgreementPress {
  public:
    // Fault where a font is missing.
    AgreementPress() : press_(fonts_, agreement_fixed_text(fonts_)) {}

    // All pages but for their codes, of `content` and `digest`. Refusals: render::lay_out's.
    Result<Sheets> lay_out(const domain::Paper& paper) const;
    // Refusals: lay_out's and render::print's.
    Result<Bytes> pdf(const domain::Paper& paper) const;

  private:
    Fonts fonts_;
    Press press_;
};

}  // namespace wq::render
