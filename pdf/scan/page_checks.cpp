#include "pdf/scan/page_checks.h"

#include "pdf/render/sheet.h"

#include <algorithm>
#include <cstdio>

namespace wq::scan {
namespace {

// Where ink may be added on a page: the signing places of page 1; nowhere on the others.
std::vector<sheet::Box> places_for_ink(const domain::PrintCode& code) {
    std::vector<sheet::Box> places;
    if (code.page != 1) return places;
    if (code.parties == 2)
        for (const sheet::SigningPlace& place : sheet::kTwoPartyPlaces) places.push_back(place.area);
    else
        for (const sheet::SigningPlace& place : sheet::kThreePartyPlaces) places.push_back(place.area);
    return places;
}

bool lies_in(const sheet::Box& box, sheet::Point point) {
    return point.x >= box.x && point.y >= box.y && point.x <= box.right() && point.y <= box.bottom();
}

std::string boxes_text(const std::vector<sheet::Box>& boxes) {
    std::string text;
    for (const sheet::Box& box : boxes) {
        char line[80];
        std::snprintf(line, sizeof line, "%.1f,%.1f,%.1f,%.1f;", box.x, box.y, box.width, box.height);
        text += line;
    }
    return text;
}

const char* yes_no(bool yes) { return yes ? "yes" : "no"; }

void put_changes(domain::Form& checks, const Comparison& compared) {
    std::vector<sheet::Box> boxes;
    for (const Change& change : compared.changes) boxes.push_back(change.box);
    checks["changes"] = std::to_string(boxes.size());
    checks["same"] = !boxes.empty() ? "no" : compared.is_same() ? "yes" : "unsure";
    if (!boxes.empty()) checks["change_boxes"] = boxes_text(boxes);
    if (!compared.unsure.empty()) checks["unsure_boxes"] = boxes_text(compared.unsure);
}

// The employer stamps in the first place.
void put_seals(domain::Form& checks, const std::vector<Seal>& seals, const domain::PrintCode& code) {
    checks["seals"] = std::to_string(seals.size());
    if (code.page != 1) return;
    const sheet::Box employer = places_for_ink(code)[0];
    checks["seal"] =
        yes_no(std::ranges::any_of(seals, [&](const Seal& seal) { return lies_in(employer, seal.centre); }));
}

}  // namespace

CodeSearch search_for_our_codes() {
    CodeSearch search;
    search.wanted = [](std::string_view text) { return domain::signed_code_from_text(text).has_value(); };
    return search;
}

Result<domain::PrintCode> proven_code(const PageReading& reading, const crypto::TrustList& trust,
                                      bool demo_campus) {
    if (reading.codes.empty()) return refuse("code_not_found");
    std::optional<domain::PrintCode> first;
    for (const FoundCode& found : reading.codes) {
        auto code = trust.check(found.text, demo_campus);
        if (!code) return code;
        if (first && (code->registration != first->registration || code->page != first->page ||
                      code->revision != first->revision))
            return refuse("codes_disagree");
        if (!first || code->facts) first = std::move(*code);
    }
    return std::move(*first);
}

domain::Form check_page(const PageReading& reading, const Result<Bytes>& issued,
                        const domain::PrintCode& code, bool code_read) {
    domain::Form checks{{"code", yes_no(code_read)}};
    const auto& faults = reading.quality.faults;
    const auto has = [&](const char* fault) { return std::ranges::count(faults, fault) > 0; };
    checks["sharp"] = yes_no(!has("blurred") && !has("resolution_low"));
    checks["complete"] = yes_no(!has("cut_off"));
    put_seals(checks, reading.seals, code);
    const auto page = issued.and_then([&](const Bytes& pdf) { return issued_page(pdf, code.page); });
    if (page)
        if (const auto compared = compare_page(reading, *page, places_for_ink(code)))
            put_changes(checks, *compared);
    if (!faults.empty())
        checks["fault"] = faults.front();
    else if (domain::value_of(checks, "seal") == "no")
        checks["fault"] = "seal_missing";
    return checks;
}

bool is_well_taken(const domain::Form& checks) {
    return domain::value_of(checks, "sharp") != "no" && domain::value_of(checks, "complete") != "no";
}

}  // namespace wq::scan
