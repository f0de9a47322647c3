// Pages of our own PDFs as pictures: the issued page that returned paper is compared with, and what windows
// show. They are drawn where foreign files are decoded, in the caged child, so that no program carries
// Poppler along and the pages of both sides are drawn by the same hand. Not for strangers' files
// (page_image.h): fonts that are not in the file may lack.
#pragma once

#include "data/base/result.h"
#include "pdf/scan/picture.h"

#include <memory>

namespace wq::scan {

class Document {
  public:
    // `file` is copied. Refuses with `picture_damaged` or `picture_cut_short` what is no whole PDF,
    // `pdf_locked` what wants a password.
    static Result<Document> open(ByteView file);

    int pages() const;
    // Page from 1. Refusals: `page_missing` {page}, `picture_too_large` {megapixels, limit}, each_picture's.
    Result<Picture> raster(int page, double dpi) const;

  private:
    struct Held;
    explicit Document(std::shared_ptr<const Held> held) : held_(std::move(held)) {}
    std::shared_ptr<const Held> held_;
};

}  // namespace wq::scan
