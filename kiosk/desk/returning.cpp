#include "kiosk/desk/returning.h"

#include "data/base/utf8.h"
#include "data/crypto/trust.h"
#include "pdf/scan/likeness.h"
#include "pdf/scan/page_checks.h"
#include "pdf/scan/page_image.h"

#include <algorithm>

namespace wq::desk {
namespace {

const domain::ReturnedPage* find_page(const std::vector<domain::ReturnedPage>& pages, int page) {
    const auto at = std::ranges::find(pages, page, &domain::ReturnedPage::page);
    return at == pages.end() ? nullptr : &*at;
}

// A department's staff bring the paper of their own students.
bool is_of(const domain::Actor& actor, const std::string& department) {
    return actor.role != domain::Role::department || actor.department == department;
}

void tell_checks(PageResult& result, domain::Form checks) {
    result.checks = std::move(checks);
    result.why.reset();
    if (const auto fault = domain::value_of(result.checks, "fault"); !fault.empty())
        result.why = Refusal{"page_" + std::string(fault)};
}

void note_page(os::Log& log, const PageResult& page) {
    log.write(os::LogKind::page_taken,
              {{"outcome", std::string(name_of(page.outcome))}, {"code", page.why ? page.why->code : ""}});
}

}  // namespace

std::string_view name_of(PageOutcome outcome) {
    static constexpr std::string_view kNames[] = {"joined", "attached", "duplicate", "tray", "refused"};
    return kNames[static_cast<std::size_t>(outcome)];
}

bool all_kept(const std::vector<PageResult>& pages) {
    return !pages.empty() &&
           std::ranges::find(pages, PageOutcome::refused, &PageResult::outcome) == pages.end();
}

// A page on its way through: its picture, what was read on it, and whose it is.
struct Returning::Reading {
    const Bytes& picture;  // JPEG
    const scan::PageReading& page;
    domain::PrintCode code = {};
    bool code_read = false;  // not told by a person
};

std::vector<PageResult> Returning::take(const ReadFile& file, const std::optional<domain::Actor>& actor) {
    std::vector<PageResult> results;
    const auto named = [&] {
        PageResult result;
        result.source = file.name;
        result.page_in_file = static_cast<int>(results.size()) + 1;
        return result;
    };
    for (const ReadPage& page : file.pages) {
        Reading reading{page.jpeg, page.reading};
        results.push_back(take_page(named(), reading, actor));
        note_page(home_->log(), results.back());
    }
    if (file.why) {
        results.push_back(named());
        results.back().why = file.why;
        note_page(home_->log(), results.back());
    }
    return results;
}

PageResult Returning::take_page(PageResult result, Reading& reading,
                                const std::optional<domain::Actor>& actor) {
    const domain::Campus campus = home_->campus();
    const crypto::TrustList trust = home_->store().campus().trust();
    auto code = scan::proven_code(reading.page, trust, campus.is_demo());
    if (!code) return not_proven(std::move(result), reading, code.error());
    reading.code = std::move(*code);
    reading.code_read = true;
    if (reading.code.school() != campus.school_code())
        return to_tray(std::move(result), reading, {"other_school", {{"school", reading.code.school()}}});
    const auto record = home_->store().registrations().find(reading.code.registration);
    put_owner(result, reading.code, record ? &*record : nullptr);
    if (!record) return to_tray(std::move(result), reading, {"record_unknown"});
    if (!record->paper || record->paper->revision != reading.code.revision)
        return to_tray(std::move(result), reading, {"paper_superseded"});
    if (const std::string department = department_of(*record); actor && !is_of(*actor, department))
        return to_tray(std::move(result), reading, {"other_department", {{"department", department}}});
    return join(std::move(result), reading, *record, actor);
}

// A code that nobody can read may still look like one that was issued.
PageResult Returning::not_proven(PageResult result, Reading& reading, Refusal why) {
    if (why.code == "code_not_found") result.likely = issued_.recognise(*home_, reading.page);
    if (result.likely)
        why = {"code_recognised",
               {{"number", result.likely->number}, {"page", std::to_string(result.likely->page)}}};
    return to_tray(std::move(result), reading, std::move(why));
}

void Returning::put_owner(PageResult& result, const domain::PrintCode& code,
                          const domain::Registration* record) const {
    result.registration = code.registration;
    result.revision = code.revision;
    result.number = code.number;
    result.page = code.page;
    result.pages = code.pages;
    if (!record) return;
    result.employer = domain::value_of(record->form, "employer_name");
    if (const auto graduate = home_->store().graduates().find(record->exam_number))
        result.student = masked_name((*graduate)["name"]);
}

PageResult Returning::join(PageResult result, Reading& reading, const domain::Registration& record,
                           const std::optional<domain::Actor>& actor) {
    look_over(result, reading, record);
    const Bytes& picture = reading.picture;
    const domain::Hash hash = crypto::sm3(picture);
    const bool awaited = record.state == domain::State::approved;
    auto pages = awaited ? home_->store().returns().pages(record.id, reading.code.revision) : record.pages;
    const domain::ReturnedPage page{reading.code.page, hash, static_cast<std::int64_t>(picture.size()),
                                    "image/jpeg", result.checks};
    const domain::ReturnedPage* before = find_page(pages, page.page);
    const bool again = before && is_there_already(*before, page, reading);
    if (!awaited && !again)
        return to_tray(std::move(result), reading,
                       {"not_awaited", {{"state", std::string(domain::name_of(record.state))}}});
    result.picture = again ? before->picture : hash;
    result.outcome = again ? PageOutcome::duplicate : PageOutcome::joined;
    if (again) tell_checks(result, before->checks);
    if (!awaited) return result;
    if (again) {
        // What is there stays as it is.
    } else if (dry_run_) {
        std::erase_if(pages, [&](const domain::ReturnedPage& known) { return known.page == page.page; });
        pages.push_back(page);
    } else {
        if (const auto kept = home_->store().pictures().keep(picture, page.media_type); !kept) {
            result.outcome = PageOutcome::refused;
            result.why = kept.error();
            return result;
        }
        pages = home_->store().returns().add(record.id, reading.code.revision, page);
    }
    // Staff may let pass what is hard to read; at the kiosk the student is here and can scan again.
    const bool by_staff = actor && actor->role != domain::Role::student;
    for (int wanted = 1; wanted <= reading.code.pages; ++wanted) {
        const domain::ReturnedPage* there = find_page(pages, wanted);
        if (!there || !(by_staff || scan::is_well_taken(there->checks))) result.missing.push_back(wanted);
    }
    if (!result.missing.empty() || dry_run_) return result;
    if (const auto attached = attach(record, std::move(pages), actor); !attached)
        return to_tray(std::move(result), reading, attached.error());
    result.outcome = PageOutcome::attached;
    return result;
}

// Scanned twice, the same sheet gives two pictures; the first stays unless the second is better.
bool Returning::is_there_already(const domain::ReturnedPage& before, const domain::ReturnedPage& now,
                                 const Reading& reading) const {
    if (before.picture == now.picture) return true;
    const auto fault = [](const domain::ReturnedPage& page) {
        return domain::value_of(page.checks, "fault");
    };
    if (!reading.page.placement || (!fault(before).empty() && fault(now).empty())) return false;
    const auto file = home_->store().pictures().read(before.picture);
    const auto known = file ? scan::first_picture(*file) : refuse("picture_damaged");
    return known && scan::shows_the_same(reading.page.upright, *known);
}

void Returning::look_over(PageResult& result, const Reading& reading,
                          const domain::Registration& record) const {
    tell_checks(result, scan::check_page(reading.page, paper_->pdf(record), reading.code, reading.code_read));
}

Result<void> Returning::attach(const domain::Registration& record, std::vector<domain::ReturnedPage> pages,
                               const std::optional<domain::Actor>& actor) {
    domain::Command command{domain::Action::return_paper,
                            actor.value_or(domain::Actor{domain::Role::student, record.exam_number, {}}),
                            record.revision};
    command.pages = std::move(pages);
    const auto attached = home_->store().registrations().act(record.id, command);
    if (!attached) return tl::make_unexpected(attached.error());
    home_->store().returns().clear(record.id);
    return {};
}

std::string Returning::department_of(const domain::Registration& record) const {
    const auto graduate = home_->store().graduates().find(record.exam_number);
    return graduate ? std::string((*graduate)["department"]) : std::string();
}

Result<PageResult> Returning::assign(std::int64_t tray_item, std::string_view number, int page,
                                     const domain::Actor& actor) {
    if (actor.role == domain::Role::department) return refuse("out_of_scope");
    const auto tray = home_->store().returns().tray();
    const auto item = std::ranges::find(tray, tray_item, &store::TrayItem::id);
    if (item == tray.end()) return refuse("tray_item_unknown");
    if (trimmed(number).empty()) {
        number = item->likely_number;
        page = item->likely_page;
    }
    const auto record = home_->store().registrations().find_number(trimmed(number));
    if (!record || !record->paper) return refuse("record_unknown");
    if (page < 1 || page > record->paper->pages())
        return refuse("page_unknown", {{"pages", std::to_string(record->paper->pages())}});
    if (record->state != domain::State::approved)
        return refuse("not_awaited", {{"state", std::string(domain::name_of(record->state))}});
    const auto file = home_->store().pictures().read(item->picture.hash);
    const auto picture = file ? scan::first_picture(*file) : tl::make_unexpected(Refusal{"picture_damaged"});
    if (!picture) return tl::make_unexpected(picture.error());
    const auto page_reading = scan::read_page(*picture, scan::search_for_our_codes());
    const Bytes jpeg = kept_picture(page_reading, *picture);
    Reading reading{jpeg, page_reading};
    const auto issued =
        domain::signed_code_from_text(record->paper->upper_codes[static_cast<std::size_t>(page) - 1])
            .and_then([](const domain::SignedCode& code) { return domain::decode_print_code(code.body); });
    if (!issued) return tl::make_unexpected(issued.error());
    reading.code = *issued;
    PageResult result;
    result.source = item->source;
    put_owner(result, reading.code, &*record);
    result = join(std::move(result), reading, *record, actor);
    if (result.outcome != PageOutcome::tray && result.outcome != PageOutcome::refused)
        (void)home_->store().returns().settle(tray_item);  // another desk may have been quicker
    return result;
}

PageResult Returning::to_tray(PageResult result, Reading& reading, Refusal why) {
    result.outcome = PageOutcome::tray;
    if (!dry_run_) {
        const auto kept = home_->store().pictures().keep(reading.picture, "image/jpeg");
        if (!kept) {
            result.outcome = PageOutcome::refused;
            result.why = kept.error();
            return result;
        }
        result.picture = kept->hash;
        store::TrayItem item{0, *kept, result.source, why.code, {}, {}, 0};
        if (result.likely) item.likely_number = result.likely->number, item.likely_page = result.likely->page;
        home_->store().returns().put_in_tray(item);
    }
    result.why = std::move(why);
    return result;
}

}  // namespace wq::desk
