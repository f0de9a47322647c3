#include "pdf/scan/page_reading.h"

#include "pdf/scan/code_candidates.h"
#include "pdf/scan/code_grid.h"
#include "pdf/scan/mat.h"
#include "pdf/scan/raster.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace wq::scan {

namespace {

constexpr double kReach = 16, kFarReach = 32;  // mm, for the marks
constexpr std::size_t kMostPagesAtOnce = 4;
constexpr double kMostlySheets = 0.55;  // of a picture: no other page finds place beside
constexpr int kFurtherBudget = 100;     // ms
constexpr int kMarks = 3;
constexpr double kMostCodeError = 0.7;  // mm
constexpr double kPlainLikeness = 1.2;  // of both codes together: no other place can be meant

Corners corners_of(const Placement& placement, const sheet::Box& box) {
    Corners corners;
    const sheet::Point at[] = {
        {box.x, box.y}, {box.right(), box.y}, {box.right(), box.bottom()}, {box.x, box.bottom()}};
    for (std::size_t i = 0; i < 4; ++i) corners[i] = placement.in_picture(at[i]);
    return corners;
}

// A code at its place on a placed page, module by module. Of which size it is, nobody has told.
MeasuredCode measured_at(const Picture& picture, const Placement& placement, const sheet::Box& box) {
    std::vector<GridSize> sizes;
    for (int side = kLeastModules; side <= kMostModules; side += 4)
        sizes.push_back({side, corners_of(placement, sheet::symbol_in(box, side))});
    return measure_code(view_of(picture), sizes);
}

bool stands_at(const PageReading& reading, const FoundCode& code, const sheet::Box& box) {
    const sheet::Point centre = reading.placement->in_picture(box.centre());
    const sheet::Point a = code.corners[0], b = code.corners[2];
    return std::hypot((a.x + b.x) / 2 - centre.x, (a.y + b.y) / 2 - centre.y) <
           box.width / 2 * reading.placement->resolution();
}

// With one code the page is placed roughly; that tells where the other must stand. With both it is exact.
void find_other_code(const Picture& picture, PageReading& reading, const CodeSearch& search) {
    const sheet::Box box =
        stands_at(reading, reading.codes[0], sheet::kUpperCode) ? sheet::kLowerCode : sheet::kUpperCode;
    const sheet::Point centre = reading.placement->in_picture(box.centre());
    const double half = box.width * 0.75 * reading.placement->resolution();
    std::vector<FoundCode> others =
        find_codes_in(picture, {centre.x - half, centre.y - half, 2 * half, 2 * half}, search);
    if (others.empty()) {
        const MeasuredCode code = measured_at(picture, *reading.placement, box);
        if (auto text = text_of(code.modules)) others.push_back({std::move(*text), code.corners});
    }
    for (FoundCode& other : others) {
        if (!search.wanted(other.text)) continue;
        std::vector<FoundCode> both = {reading.codes[0], std::move(other)};
        if (auto placement = place_page(picture, both)) {
            reading.codes = std::move(both);
            reading.placement = placement;
            return;
        }
    }
}

// With one code and not all marks, what is far from the code hangs on little: what looks like the other code
// leads to the marks.
void steady_by_other(const Picture& picture, PageReading& reading) {
    const Corners& corners = reading.codes[0].corners;
    const sheet::Point own{(corners[0].x + corners[2].x) / 2, (corners[0].y + corners[2].y) / 2};
    for (const Candidate& candidate : code_candidates(view_of(picture))) {
        const sheet::Point other{candidate.centre.x, candidate.centre.y};
        for (const double reach : {kReach, kFarReach})
            for (const auto& [upper, lower] : {std::pair(own, other), std::pair(other, own)}) {
                const auto placement = place_by_marks(picture, upper, lower, reach);
                if (!placement || placement->marks <= reading.placement->marks ||
                    placement_error(*placement, reading.codes[0]) > kMostCodeError)
                    continue;
                reading.placement = placement;
                reading.placement->codes = 1;
            }
    }
}

// Where the marks and what looks like codes say that the page lies, with the codes measured there; how alike
// to codes they are, both together.
double measure_by_marks(const Picture& picture, PageReading& reading, const Candidate& upper,
                        const Candidate& lower, double reach, double best) {
    const auto placement =
        place_by_marks(picture, {upper.centre.x, upper.centre.y}, {lower.centre.x, lower.centre.y}, reach);
    if (!placement) return best;
    std::vector<MeasuredCode> codes = {measured_at(picture, *placement, sheet::kUpperCode),
                                       measured_at(picture, *placement, sheet::kLowerCode)};
    const double likeness = codes[0].modules.likeness + codes[1].modules.likeness;
    if (likeness < best) return best;
    reading.placement = placement;
    reading.unread = std::move(codes);
    return likeness;
}

// First as if seen from above, then as if from the side.
void measure_by_marks(const Picture& picture, PageReading& reading) {
    const std::vector<Candidate> candidates = code_candidates(view_of(picture));
    double best = 2 * kCodeLikeness;
    for (const double reach : {kReach, kFarReach})
        for (const Candidate& upper : candidates)
            for (const Candidate& lower : candidates)
                if (&upper != &lower && best < kPlainLikeness)
                    best = measure_by_marks(picture, reading, upper, lower, reach, best);
}

// A page of codes that nobody wants is no page.
void read_measured(const Picture& picture, PageReading& reading, const CodeSearch& search) {
    const auto is_foreign = [&](const MeasuredCode& code) {
        auto text = text_of(code.modules);
        if (!text) return false;
        if (!search.wanted(*text)) return true;
        reading.codes.push_back({std::move(*text), code.corners});
        return false;
    };
    std::erase_if(reading.unread, is_foreign);
    if (reading.unread.empty()) reading.placement.reset();
    if (const auto placement = place_page(picture, reading.codes)) reading.placement = placement;
}

void keep_wanted(std::vector<FoundCode>& codes, const CodeSearch& search) {
    std::erase_if(codes, [&](const FoundCode& code) { return !search.wanted(code.text); });
    if (codes.size() > 2) codes.resize(2);
}

// First what is plain, then by the marks, at last whatever may help.
void find_page(const Picture& picture, PageReading& reading, const CodeSearch& search) {
    reading.codes = find_plain_codes(picture, search);
    keep_wanted(reading.codes, search);
    if (reading.codes.empty() && !picture.is_empty()) {
        measure_by_marks(picture, reading);
        read_measured(picture, reading, search);
    }
    if (reading.codes.empty()) {
        reading.codes = find_codes(picture, search);
        keep_wanted(reading.codes, search);
    }
    if (reading.codes.empty()) return;
    reading.unread.clear();
    reading.placement = place_page(picture, reading.codes);
    if (!reading.placement && reading.codes.size() > 1) {
        // Of two pages, one code of each.
        reading.codes.resize(1);
        reading.placement = place_page(picture, reading.codes);
    }
    if (!reading.placement || reading.codes.size() > 1) return;
    find_other_code(picture, reading, search);
    if (reading.codes.size() > 1 || reading.placement->marks == kMarks) return;
    steady_by_other(picture, reading);
    if (reading.placement->marks == kMarks) find_other_code(picture, reading, search);
}

// Row by row, as far as the sheet's millimetres go.
std::vector<sheet::Box> beyond(const Picture& picture, const Placement& placement) {
    constexpr double kStep = 2;
    std::vector<sheet::Box> parts;
    for (double y = 0; y < sheet::kHeight; y += kStep) {
        bool before = false;
        for (double x = 0; x < sheet::kWidth; x += kStep) {
            const sheet::Point at = placement.in_picture({x + kStep / 2, y + kStep / 2});
            const bool out = at.x < 0 || at.y < 0 || at.x >= picture.width || at.y >= picture.height;
            if (out && before)
                parts.back().width += kStep;
            else if (out)
                parts.push_back({x, y, kStep, kStep});
            before = out;
        }
    }
    return parts;
}

std::vector<cv::Point> outline_of(const Placement& placement) {
    std::vector<cv::Point> outline;
    for (const sheet::Point& corner :
         {sheet::Point{0, 0}, sheet::Point{sheet::kWidth, 0}, sheet::Point{sheet::kWidth, sheet::kHeight},
          sheet::Point{0, sheet::kHeight}}) {
        const sheet::Point at = placement.in_picture(corner);
        outline.emplace_back(static_cast<int>(at.x), static_cast<int>(at.y));
    }
    return outline;
}

}  // namespace

PageReading read_page(const Picture& picture, const CodeSearch& search) {
    PageReading reading;
    find_page(picture, reading, search);
    if (!reading.placement) return reading;
    reading.upright = upright_page(picture, *reading.placement, kUprightDpi);
    reading.beyond = beyond(picture, *reading.placement);
    reading.quality = measure_quality(picture, *reading.placement, reading.upright);
    reading.seals = find_seals(reading.upright);
    if (reading.seals.empty()) reading.copied_seals = find_copied_seals(reading.upright);
    return reading;
}

std::vector<PageReading> read_pages(const Picture& picture, const CodeSearch& search) {
    std::vector<PageReading> readings = {read_page(picture, search)};
    Picture rest;
    CodeSearch further = search;
    further.budget_ms = std::min(search.budget_ms, kFurtherBudget);
    double covered = 0;
    while (readings.back().placement && readings.size() < kMostPagesAtOnce) {
        const std::vector<cv::Point> sheet = outline_of(*readings.back().placement);
        covered += cv::contourArea(sheet) / (double(picture.width) * picture.height);
        if (covered > kMostlySheets) return readings;
        if (rest.is_empty()) rest = picture;
        cv::Mat mat = view_of(rest);
        cv::fillConvexPoly(mat, sheet, cv::Scalar::all(235));
        PageReading next = read_page(rest, further);
        if (!next.placement) return readings;
        readings.push_back(std::move(next));
    }
    return readings;
}

Result<IssuedPage> issued_page(ByteView issued_pdf, int page) {
    const auto document = Document::open(issued_pdf);
    if (!document) return tl::make_unexpected(document.error());
    // Twice as fine, so that a hairline has as much ink as it has on paper.
    const auto fine = document->raster(page, 2 * kCompareDpi);
    if (!fine) return tl::make_unexpected(fine.error());
    cv::Mat issued;
    cv::resize(view_of(*fine), issued, {}, 0.5, 0.5, cv::INTER_AREA);
    return IssuedPage(picture_of(issued));
}

Result<Comparison> compare_page(const PageReading& reading, const IssuedPage& issued,
                                const std::vector<sheet::Box>& expected) {
    static_assert(kUprightDpi == kCompareDpi);
    if (!reading.placement) return refuse("page_not_placed");
    return find_changes(reading.upright, issued, {expected, reading.beyond, reading.quality.streaks});
}

}  // namespace wq::scan
