// One page's way back in one call: find its codes, lay it straight, measure it, look for seals; then, once
// the caller has proven whose page it is, compare it with the issued one.
#pragma once

#include "data/base/result.h"
#include "pdf/scan/code_reader.h"
#include "pdf/scan/difference.h"
#include "pdf/scan/quality.h"
#include "pdf/scan/seals.h"

#include <optional>
#include <vector>

namespace wq::scan {

inline constexpr double kUprightDpi = 150;

struct PageReading {
    std::vector<FoundCode> codes;      // those wanted, at most two
    std::vector<MeasuredCode> unread;  // what stands where a code should, where none was read
    std::optional<Placement> placement;
    // The rest only where the page was placed.
    Picture upright;                 // at kUprightDpi
    std::vector<sheet::Box> beyond;  // parts of the sheet that are not in the picture, mm
    Quality quality;
    std::vector<Seal> seals;
    std::vector<Seal> copied_seals;  // looked for where no red one is
};

// The plainest page of the picture. Never refuses: a picture without a page gives a reading without codes.
PageReading read_page(const Picture& picture, const CodeSearch& search = {});

// All pages of a picture, for whoever lays two on the glass at once: at least one reading, and more only
// where more were placed. A picture that is mostly one sheet costs no more than read_page.
std::vector<PageReading> read_pages(const Picture& picture, const CodeSearch& search = {});

// Page `page` of an issued PDF as compare_page wants it; to be kept where the page is wanted again. Refuses
// with the Document's refusals.
Result<IssuedPage> issued_page(ByteView issued_pdf, int page);

// Against that page. A reading that was not placed has nothing to compare (`page_not_placed`).
Result<Comparison> compare_page(const PageReading& reading, const IssuedPage& issued,
                                const std::vector<sheet::Box>& expected);

}  // namespace wq::scan
