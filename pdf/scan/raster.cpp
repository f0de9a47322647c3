#include "pdf/scan/raster.h"

#include "pdf/scan/page_image.h"

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

namespace wq::scan {
namespace {

void say_nothing(const std::string&, void*) {}

// Poppler paints 0xAARRGGBB, so in memory blue first.
Picture picture_from(const poppler::image& image) {
    Picture picture{image.width(), image.height(),
                    Bytes(static_cast<std::size_t>(image.width()) * image.height() * 3)};
    std::uint8_t* out = picture.bgr.data();
    for (int y = 0; y < image.height(); ++y) {
        const char* row = image.const_data() + static_cast<std::ptrdiff_t>(y) * image.bytes_per_row();
        for (int x = 0; x < image.width(); ++x, row += 4, out += 3)
            for (int channel = 0; channel < 3; ++channel)
                out[channel] = static_cast<std::uint8_t>(row[channel]);
    }
    return picture;
}

}  // namespace

struct Document::Held {
    Bytes file;
    std::unique_ptr<poppler::document> document;
};

Result<Document> Document::open(ByteView file) {
    poppler::set_debug_error_function(say_nothing, nullptr);
    auto held = std::make_shared<Held>();
    held->file.assign(file.begin(), file.end());
    held->document.reset(poppler::document::load_from_raw_data(
        reinterpret_cast<const char*>(held->file.data()), static_cast<int>(held->file.size())));
    if (!held->document || held->document->is_locked() || held->document->pages() < 1)
        return refuse("picture_damaged");
    return Document(std::move(held));
}

int Document::pages() const { return held_->document->pages(); }

Result<Picture> Document::raster(int number, double dpi) const {
    const std::unique_ptr<poppler::page> page(number < 1 ? nullptr
                                                         : held_->document->create_page(number - 1));
    if (!page) return refuse("page_missing", {{"page", std::to_string(number)}});
    const poppler::rectf box = page->page_rect();
    const double megapixels = box.width() * box.height() * (dpi / 72) * (dpi / 72) / 1e6;
    if (megapixels > kMostMegapixels)
        return refuse("picture_too_large", {{"megapixels", std::to_string(static_cast<int>(megapixels))},
                                            {"limit", std::to_string(static_cast<int>(kMostMegapixels))}});
    poppler::page_renderer renderer;
    renderer.set_render_hint(poppler::page_renderer::antialiasing, true);
    renderer.set_render_hint(poppler::page_renderer::text_antialiasing, true);
    const poppler::image image = renderer.render_page(page.get(), dpi, dpi);
    if (!image.is_valid()) return refuse("picture_damaged");
    return picture_from(image);
}

}  // namespace wq::scan
