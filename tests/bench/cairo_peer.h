// The peer that the bench of paper out is measured against: the same drawing lists as PDF by cairo and
// FreeType, with the same font files, warm. Made as well as its interface allows: faces and scaled fonts are
// kept, glyphs are shown by number with their advances worked out beforehand. For measuring only.
#pragma once

#include "pdf/render/drawing.h"

#include <memory>

namespace wq::bench {

class CairoPeer {
  public:
    explicit CairoPeer(const render::Fonts& fonts);
    ~CairoPeer();
    // The size of the PDF in bytes; fixed drawings included.
    std::size_t print(const render::Sheets& sheets);

  private:
    struct Faces;
    std::unique_ptr<Faces> faces_;
    const render::Fonts& fonts_;
};

}  // namespace wq::bench
