// The structure by which a PDF can be read aloud (ISO 32000-1, 14.7 and 14.8): a document of headings and
// paragraphs, in the order in which they are painted; lines, codes and watermarks are artifacts. Not finer
// than a page's text: cells of a form are read one after another. Inner part of the press.
#pragma once

#include "pdf/render/pdf_objects.h"

#include <vector>

namespace wq::render {

class Tagging {
  public:
    explicit Tagging(PdfObjects& objects);

    // The page's marked parts in the order of their numbers; true for a heading.
    void add_page(HPDF_Page page, const std::vector<bool>& parts);

  private:
    HPDF_Dict element(const char* kind, HPDF_Dict parent);

    PdfObjects& objects_;
    HPDF_Dict root_, document_;
    HPDF_Array children_, parents_;  // of the document; by page
    int pages_ = 0;
};

}  // namespace wq::render
