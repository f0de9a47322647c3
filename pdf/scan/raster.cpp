#include "pdf/scan/raster.h"

#include "pdf/scan/decoder.h"

#include <optional>

namespace wq::scan {

struct Document::Held {
    Bytes file;
    int pages = 0;
};

Result<Document> Document::open(ByteView file) {
    if (file.size() > kMostFileBytes)
        return refuse("file_too_large", {{"file", "PDF"}, {"limit", std::to_string(kMostFileBytes)}});
    const auto pages = Decoder::of_this_process().decode(
        file, {.kind = FileKind::pdf, .page = kNoPage, .has_own_fonts = true},
        [](const Picture&) { return false; });
    if (!pages) return tl::make_unexpected(pages.error());
    if (*pages < 1) return refuse("picture_damaged");
    return Document(std::make_shared<const Held>(Held{Bytes(file.begin(), file.end()), *pages}));
}

int Document::pages() const { return held_->pages; }

Result<Picture> Document::raster(int page, double dpi) const {
    if (page < 1 || page > held_->pages) return refuse("page_missing", {{"page", std::to_string(page)}});
    std::optional<Picture> drawn;
    const auto read = Decoder::of_this_process().decode(
        held_->file, {.kind = FileKind::pdf, .page = page, .dpi = dpi, .has_own_fonts = true},
        [&](Picture picture) {
            drawn = std::move(picture);
            return false;
        });
    if (!read) return tl::make_unexpected(read.error());
    if (!drawn) return refuse("picture_damaged");
    return std::move(*drawn);
}

}  // namespace wq::scan
