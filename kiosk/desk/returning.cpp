#include "kiosk/desk/returning.h"

#include "data/base/utf8.h"
#include "data/crypto/trust.h"
#include "pdf/render/sheet.h"
#include "pdf/scan/page_image.h"
#include "pdf/scan/page_reading.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace wq::desk {
namespace {

using domain::Form;

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

std::string boxes_text(const std::vector<scan::Change>& changes) {
    std::string text;
    for (const scan::Change& change : changes) {
        char box[80];
        std::snprintf(box, sizeof box, "%.1f,%.1f,%.1f,%.1f;", change.box.x, change.box.y, change.box.width,
                      change.box.height);
        text += box;
    }
    return text;
}

const char* yes_no(bool yes) { return yes ? "yes" : "no"; }

Form checks_of(const scan::PageReading& reading, const Result<std::vector<scan::Change>>& changes,
               const domain::PrintCode& code) {
    Form checks{{"code", "yes"}};
    const auto& faults = reading.quality.faults;
    const auto has = [&](const char* fault) { return std::ranges::count(faults, fault) > 0; };
    checks["sharp"] = yes_no(!has("blurred") && !has("resolution_low"));
    checks["complete"] = yes_no(!has("cut_off"));
    checks["seals"] = std::to_string(reading.seals.size());
    if (code.page == 1) {
        // The employer stamps in the first place.
        const sheet::Box employer = places_for_ink(code)[0];
        checks["seal"] = yes_no(std::ranges::any_of(
            reading.seals, [&](const scan::Seal& seal) { return lies_in(employer, seal.centre); }));
    }
    if (changes) {
        checks["changes"] = std::to_string(changes->size());
        checks["same"] = yes_no(changes->empty());
        if (!changes->empty()) checks["change_boxes"] = boxes_text(*changes);
    }
    if (!faults.empty())
        checks["fault"] = faults.front();
    else if (checks.contains("seal") && checks["seal"] == "no")
        checks["fault"] = "seal_missing";
    return checks;
}

}  // namespace

std::string_view name_of(PageOutcome outcome) {
    static constexpr std::string_view kNames[] = {"joined", "attached", "duplicate", "tray", "refused"};
    return kNames[static_cast<std::size_t>(outcome)];
}

std::vector<std::string_view> page_checks() {
    return {"code", "sharp", "complete", "seal", "same", "seals", "changes", "change_boxes", "fault"};
}

// A page on its way through: its picture, what was read on it, and whose it is.
struct Returning::Reading {
    const scan::Picture& picture;
    scan::PageReading page;
    domain::PrintCode code;
};

std::vector<PageResult> Returning::take(const devices::SourceFile& file,
                                        const std::optional<domain::Actor>& actor) {
    const auto pictures =
        file.content ? scan::read_pictures(*file.content) : tl::make_unexpected(file.content.error());
    if (!pictures) {
        PageResult result;
        result.source = file.name;
        result.why = pictures.error();
        return {result};
    }
    std::vector<PageResult> results;
    for (const scan::Picture& picture : *pictures) {
        Reading reading{picture, {}, {}};
        results.push_back(take_page(file, static_cast<int>(results.size()) + 1, reading, actor));
    }
    return results;
}

PageResult Returning::take_page(const devices::SourceFile& file, int page_in_file, Reading& reading,
                                const std::optional<domain::Actor>& actor) {
    PageResult result;
    result.source = file.name;
    result.page_in_file = page_in_file;
    const domain::Campus campus = home_->campus();
    const crypto::TrustList trust = home_->store().campus().trust();
    scan::CodeSearch search;
    search.wanted = [](std::string_view text) { return domain::signed_code_from_text(text).has_value(); };
    reading.page = scan::read_page(reading.picture, search);
    if (reading.page.codes.empty()) return to_tray(std::move(result), reading, {"code_not_found"});
    for (const scan::FoundCode& found : reading.page.codes) {
        auto code = trust.check(found.text, campus.is_demo());
        if (!code) return to_tray(std::move(result), reading, code.error());
        // Two codes that disagree are two pages, or a code glued over another.
        if (&found != &reading.page.codes[0] &&
            (code->registration != reading.code.registration || code->page != reading.code.page ||
             code->revision != reading.code.revision))
            return to_tray(std::move(result), reading, {"codes_disagree"});
        reading.code = std::move(*code);
    }
    if (reading.code.school() != campus.school_code())
        return to_tray(std::move(result), reading, {"other_school", {{"school", reading.code.school()}}});
    result.registration = reading.code.registration;
    result.number = reading.code.number;
    result.page = reading.code.page;
    result.pages = reading.code.pages;
    const auto record = home_->store().registrations().find(reading.code.registration);
    if (!record || !record->paper)
        return to_tray(std::move(result), reading, {record ? "paper_superseded" : "record_unknown"});
    if (const auto graduate = home_->store().graduates().find(record->exam_number))
        result.student = masked_name((*graduate)["name"]);
    result.employer = domain::value_of(record->form, "employer_name");
    if (record->paper->revision != reading.code.revision)
        return to_tray(std::move(result), reading, {"paper_superseded"});
    return join(std::move(result), reading, *record, actor);
}

PageResult Returning::join(PageResult result, Reading& reading, const domain::Registration& record,
                           const std::optional<domain::Actor>& actor) {
    const auto pdf = paper_->pdf(record);
    const auto changes = pdf ? scan::compare_page(reading.picture, reading.page, *pdf, reading.code.page,
                                                  places_for_ink(reading.code))
                             : tl::make_unexpected(pdf.error());
    result.checks = checks_of(reading.page, changes, reading.code);
    if (const auto fault = domain::value_of(result.checks, "fault"); !fault.empty())
        result.why = Refusal{"page_" + std::string(fault)};
    const Bytes picture = scan::to_jpeg(reading.page.placement ? reading.page.upright : reading.picture);
    store::Returns& returns = home_->store().returns();
    auto pages = record.state == domain::State::approved ? returns.pages(record.id, reading.code.revision)
                                                         : record.pages;
    const domain::Hash hash = crypto::sm3(picture);
    const auto same = std::ranges::find(pages, reading.code.page, &domain::ReturnedPage::page);
    const bool again = same != pages.end() && same->picture == hash;
    if (record.state != domain::State::approved) {
        if (again) return result.outcome = PageOutcome::duplicate, result.picture = hash, result;
        return to_tray(std::move(result), reading,
                       {"not_awaited", {{"state", std::string(domain::name_of(record.state))}}});
    }
    if (!dry_run_) {
        const auto kept = home_->store().pictures().keep(picture, "image/jpeg");
        if (!kept) return result.why = kept.error(), result;
        pages = returns.add(record.id, reading.code.revision,
                            {reading.code.page, kept->hash, kept->size, kept->media_type, result.checks});
    }
    result.picture = hash;
    for (int page = 1; page <= reading.code.pages; ++page)
        if (std::ranges::find(pages, page, &domain::ReturnedPage::page) == pages.end() &&
            (!dry_run_ || page != reading.code.page))
            result.missing.push_back(page);
    result.outcome = again ? PageOutcome::duplicate : PageOutcome::joined;
    if (!result.missing.empty() || dry_run_) return result;
    domain::Command command{domain::Action::return_paper,
                            actor.value_or(domain::Actor{domain::Role::student, record.exam_number, {}}),
                            record.revision};
    command.pages = pages;
    if (const auto attached = home_->store().registrations().act(record.id, command); !attached)
        return result.why = attached.error(), result;
    returns.clear(record.id);
    result.outcome = PageOutcome::attached;
    return result;
}

PageResult Returning::to_tray(PageResult result, Reading& reading, Refusal why) {
    result.outcome = PageOutcome::tray;
    if (!dry_run_) {
        const auto kept = home_->store().pictures().keep(scan::to_jpeg(reading.picture, 90), "image/jpeg");
        if (!kept) {
            result.outcome = PageOutcome::refused;
            result.why = kept.error();
            return result;
        }
        result.picture = kept->hash;
        home_->store().returns().put_in_tray(*kept, result.source, why.code);
    }
    result.why = std::move(why);
    return result;
}

}  // namespace wq::desk
