// PDF pages as pictures, by Poppler: the issued page that returned paper is compared with, what windows show,
// and PDF files that come in. Foreign files never throw.
#pragma once

#include "data/base/result.h"
#include "pdf/scan/picture.h"

#include <memory>

namespace wq::scan {

class Document {
  public:
    // `file` is copied. Refuses with `picture_damaged` what is no PDF or is locked by a password.
    static Result<Document> open(ByteView file);

    int pages() const;
    // Page from 1. Refusals: `page_missing` {page}, `picture_too_large` {megapixels, limit}.
    Result<Picture> raster(int page, double dpi) const;

  private:
    struct Held;
    explicit Document(std::shared_ptr<Held> held) : held_(std::move(held)) {}
    std::shared_ptr<Held> held_;
};

}  // namespace wq::scan
