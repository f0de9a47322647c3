#include "pdf/scan/page_reading.h"

#include "pdf/scan/mat.h"
#include "pdf/scan/raster.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace wq::scan {

namespace {

// With one code the page is placed roughly; that tells where the other must stand. With both it is exact.
void find_other_code(const Picture& picture, PageReading& reading, const CodeSearch& search) {
    for (const sheet::Box& box : {sheet::kUpperCode, sheet::kLowerCode}) {
        const sheet::Point centre = reading.placement->in_picture(box.centre());
        const double half = box.width * 0.75 * reading.placement->resolution();
        const sheet::Point known = reading.codes[0].corners[0], opposite = reading.codes[0].corners[2];
        const double away =
            std::hypot((known.x + opposite.x) / 2 - centre.x, (known.y + opposite.y) / 2 - centre.y);
        if (away < half) continue;
        for (FoundCode& code :
             find_codes_in(picture, {centre.x - half, centre.y - half, 2 * half, 2 * half}, search)) {
            if (!search.wanted(code.text)) continue;
            std::vector<FoundCode> both = {reading.codes[0], std::move(code)};
            if (auto placement = place_page(picture, both)) {
                reading.codes = std::move(both);
                reading.placement = placement;
                return;
            }
        }
    }
}

}  // namespace

PageReading read_page(const Picture& picture, const CodeSearch& search) {
    PageReading reading;
    reading.codes = find_codes(picture, search);
    std::erase_if(reading.codes, [&](const FoundCode& code) { return !search.wanted(code.text); });
    if (reading.codes.size() > 2) reading.codes.resize(2);
    reading.placement = place_page(picture, reading.codes);
    if (!reading.placement) return reading;
    if (reading.codes.size() == 1) find_other_code(picture, reading, search);
    reading.upright = upright_page(picture, *reading.placement, kUprightDpi);
    reading.quality = measure_quality(picture, *reading.placement, reading.upright);
    reading.seals = find_seals(reading.upright);
    return reading;
}

Result<std::vector<Change>> compare_page(const Picture& picture, const PageReading& reading,
                                         ByteView issued_pdf, int page,
                                         const std::vector<sheet::Box>& expected) {
    if (!reading.placement) return refuse("page_not_placed");
    const auto document = Document::open(issued_pdf);
    if (!document) return tl::make_unexpected(document.error());
    // Twice as fine, so that a hairline has as much ink as it has on paper.
    const auto fine = document->raster(page, 2 * kCompareDpi);
    if (!fine) return tl::make_unexpected(fine.error());
    cv::Mat issued;
    cv::resize(view_of(*fine), issued, {}, 0.5, 0.5, cv::INTER_AREA);
    return find_changes(upright_page(picture, *reading.placement, kCompareDpi), picture_of(issued), expected);
}

}  // namespace wq::scan
