#include "pdf/scan/readers.h"

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>

namespace wq::scan {
namespace {

constexpr double kPdfDpi = 200, kPointsPerInch = 72;

void say_nothing(const std::string&, void*) {}

// A page as large as a wall, as apps make them of photos, comes less fine.
double finest(double megapixels_at_one_dpi) {
    return std::min(kPdfDpi, std::sqrt(0.99 * kMostMegapixels / megapixels_at_one_dpi));
}

Decoded<void> lay(const poppler::image& image, double dpi, Canvas& canvas) {
    if (!image.is_valid() || image.format() != poppler::image::format_bgr24) return trouble(Cause::damaged);
    const auto width = static_cast<std::size_t>(image.width()),
               height = static_cast<std::size_t>(image.height());
    const auto place = canvas.lay(width, height, dpi);
    if (!place) return tl::make_unexpected(place.error());
    for (std::size_t y = 0; y < height; ++y)
        std::memcpy(*place + 3 * width * y,
                    image.const_data() + y * static_cast<std::size_t>(image.bytes_per_row()), 3 * width);
    return {};
}

Decoded<void> draw(const poppler::document& document, int number, double dpi, Canvas& canvas) {
    const std::unique_ptr<poppler::page> page(document.create_page(number - 1));
    if (!page) return trouble(Cause::damaged);
    const poppler::rectf box = page->page_rect();
    const double megapixels = box.width() * box.height() / (kPointsPerInch * kPointsPerInch) / 1e6;
    if (!(megapixels > 0) || !std::isfinite(megapixels)) return trouble(Cause::damaged);
    if (dpi <= 0) dpi = finest(megapixels);
    if (megapixels * dpi * dpi > kMostMegapixels) return trouble(Cause::too_large, megapixels * dpi * dpi);
    poppler::page_renderer renderer;
    renderer.set_image_format(poppler::image::format_bgr24);
    renderer.set_render_hint(poppler::page_renderer::antialiasing, true);
    renderer.set_render_hint(poppler::page_renderer::text_antialiasing, true);
    return lay(renderer.render_page(page.get(), dpi, dpi), dpi, canvas);
}

std::unique_ptr<poppler::document> opened(ByteView file) {
    poppler::set_debug_error_function(say_nothing, nullptr);
    return std::unique_ptr<poppler::document>(poppler::document::load_from_raw_data(
        reinterpret_cast<const char*>(file.data()), static_cast<int>(file.size())));
}

// Every PDF ends so; without it somebody did not copy all of it.
bool has_end(ByteView file) { return text_of(file).find("%%EOF") != std::string_view::npos; }

}  // namespace

Decoded<int> read_pdf(ByteView file, int page, double dpi, Canvas& canvas, const Give& give) {
    if (!text_of(file).starts_with("%PDF-")) return trouble(Cause::damaged);
    if (!has_end(file)) return trouble(Cause::cut_short);
    const auto document = opened(file);
    if (!document) return trouble(Cause::damaged);
    if (document->is_locked()) return trouble(Cause::locked);
    const int pages = document->pages();
    if (pages < 1) return trouble(Cause::damaged);
    if (page > pages) return trouble(Cause::page_missing, page);
    if (page == kNoPage) return pages;
    if (page == kAllPages && static_cast<std::size_t>(pages) > kMostPages)
        return trouble(Cause::too_many_pages, pages);
    const int first = page == kAllPages ? 1 : page, last = page == kAllPages ? pages : page;
    for (int number = first; number <= last; ++number) {
        if (auto drawn = draw(*document, number, dpi, canvas); !drawn)
            return tl::make_unexpected(drawn.error());
        if (!give(canvas, pages)) break;
    }
    return pages;
}

void prepare_pdf() {
    // Poppler keeps what it knows of fonts as long as any document is open: this one stays.
    static const Bytes kFile = preparing_pdf();
    static const auto kDocument = opened(kFile);
    Bytes room(std::size_t{3} * 100 * 100);
    Canvas canvas(room);
    if (kDocument) (void)draw(*kDocument, 1, kPointsPerInch, canvas);
}

}  // namespace wq::scan
