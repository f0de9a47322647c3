// PDFs for the pages: an agreement as its record keeps it, the authorization letter (R31) filled in. Fonts
// are read when the first one is wanted; one thread at a time.
#pragma once

#include "data/domain/registration.h"
#include "data/os/speech.h"
#include "pdf/render/agreement_paper.h"
#include "pdf/render/document.h"
#include "sync/platform/registry.h"

#include <memory>
#include <mutex>

namespace wq::platform {

class PrintShop {
  public:
    explicit PrintShop(Registry& registry) : registry_(&registry) {}

    // Refusals: `paper_missing`, render's `character_not_printable` {code_point}.
    Result<Bytes> agreement(const domain::Registration& record);
    // `form` of account_fields(). Refusal: `character_not_printable`.
    Result<Bytes> letter(const domain::Form& form, const os::Speech& speech);

  private:
    struct Presses;
    Presses& presses();

    Registry* registry_;
    std::mutex mutex_;
    std::shared_ptr<Presses> presses_;
};

}  // namespace wq::platform
