// Stamped pages that an employer sends back by a student's link (R20): pages join up, badly taken ones are
// asked for again, and the whole agreement becomes an act of the employer's in the school's feed. Pages are
// read and compared outside of the register's lock, one upload at a time.
#pragma once

#include "data/base/bytes.h"
#include "pdf/render/agreement_paper.h"
#include "pdf/scan/page_reading.h"
#include "sync/platform/registry.h"

#include <optional>
#include <string>
#include <vector>

namespace wq::platform {

// What became of one page of an upload.
struct UploadedPage {
    std::string file = {};
    int page = 0;                     // of the agreement; 0 where it is not told
    std::optional<Refusal> why = {};  // not taken; or taken, and what a better picture would mend
    bool taken = false;
};

struct Upload {
    std::vector<UploadedPage> pages;
    std::vector<int> missing;  // empty: the agreement is on its way to review
};

struct SentFile {
    std::string name;
    ByteView content;
};

class LinkReturns {
  public:
    // Fault where a font is missing.
    explicit LinkReturns(Registry& registry) : registry_(&registry) {}

    // Refusals: crypto::check_return_token's.
    Result<OpenLink> look(const std::string& token);
    // `anyway`: also pages that a better picture would mend count. Refusals: check_return_token's,
    // domain::apply's. Of a page: `code_not_found` and the others of scan::proven_code, `other_agreement`,
    // `paper_superseded`, scan::each_picture's, `page_` and a fault of scan::check_page.
    Result<Upload> take(const std::string& token, const std::vector<SentFile>& files, bool anyway);

  private:
    Result<UploadedPage> take_page(const OpenLink& link, const scan::Picture& picture,
                                   const scan::PageReading& reading, std::vector<ReadPage>& read);

    Registry* registry_;
    std::mutex mutex_;
    std::optional<render::AgreementPress> press_;  // made by the first upload
};

}  // namespace wq::platform
