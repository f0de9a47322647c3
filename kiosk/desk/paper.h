// Agreements as paper: what is issued at an approval, and the PDF that comes of it, the same bytes for ever.
// Reads fonts when it is made (some tens of milliseconds): one for each thread that prints.
#pragma once

#include "kiosk/desk/home.h"
#include "pdf/render/agreement_paper.h"
#include "pdf/render/document.h"

#include <string>

namespace wq::desk {

class Paper {
  public:
    // Fault where a font is missing.
    explicit Paper(Home& home);

    // Everything that the approval of `record` under `number` puts on paper, signed. Refusals:
    // `issuing_key_missing`, `student_unknown`, `character_not_printable` {code_point}.
    Result<domain::Paper> issue(const domain::Registration& record, const std::string& number);
    // The static generator: paper of any content (render::agreement_keys()) without a record. The same
    // content gives the same bytes under the same keys, on any day.
    Result<Bytes> made_of(const domain::Form& content);

    // Refuses with `character_not_printable` {code_point} a value that would stop the paper later on.
    Result<void> can_print(std::string_view value) const { return press_.fonts().check(value); }

    // Any other document, of values in the words of people (render::keys_of).
    Result<Bytes> document(render::Document document, const domain::Form& values,
                           const std::vector<render::CaptionedPhoto>& photos = {}) const;

    Result<Bytes> pdf(const domain::Paper& paper) const;
    // Refuses with `paper_missing` a record that has none.
    Result<Bytes> pdf(const domain::Registration& record) const;

  private:
    struct Issued {
        domain::Paper paper;
        render::Sheets sheets;
    };
    Result<Issued> issue(const domain::Form& content, const Uuid& id, std::int64_t revision, Bytes salt);

    Home* home_;
    render::AgreementPress press_;
    render::Press plain_press_;
};

}  // namespace wq::desk
