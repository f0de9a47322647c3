// Agreements as the record keeps them (domain::Paper): its content's values laid out and printed with its
// signed codes, the same bytes for ever. What is issued and signed is the caller's.
#pragma once

#include "data/domain/registration.h"
#include "pdf/render/agreement.h"

#include <filesystem>
#include <string_view>
#include <vector>

namespace wq::render {

// The keys of an agreement's printed content, in the order of the paper.
std::vector<std::string_view> agreement_keys();

// Reads fonts when it is made (some tens of milliseconds): one for each thread that prints.
class AgreementPress {
  public:
    // `cache` as of Press. Fault where a font is missing.
    explicit AgreementPress(const std::filesystem::path& cache = {})
        : form_(fonts_), press_(fonts_, form_.fixed_parts(), cache) {}

    const Fonts& fonts() const { return fonts_; }

    // All pages but for their codes, of content and digest. Refusals: AgreementTemplate::lay_out's.
    Result<Sheets> lay_out(const domain::Paper& paper) const;
    // With the codes, and those to be typed by hand. Refusals: render::print's.
    Result<Bytes> print(const domain::Paper& paper, Sheets sheets) const;
    // Both.
    Result<Bytes> pdf(const domain::Paper& paper) const;

  private:
    Fonts fonts_;
    AgreementTemplate form_;
    Press press_;
};

}  // namespace wq::render
