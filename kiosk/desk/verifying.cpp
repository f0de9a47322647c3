#include "kiosk/desk/verifying.h"

#include "data/base/utf8.h"
#include "data/crypto/trust.h"
#include "data/domain/hand_code.h"
#include "pdf/scan/page_image.h"
#include "pdf/scan/page_reading.h"

#include <algorithm>

namespace wq::desk {
namespace {

// The paper's own words, as far as the code carries them.
std::vector<NamedValue> says(const domain::PrintCode& code, const domain::Campus& campus,
                             const Speech& speech) {
    std::vector<NamedValue> values;
    const auto add = [&](std::string key, std::string value) {
        values.push_back({key, speech.say("label." + key), std::move(value)});
    };
    if (code.school() == campus.school_code())
        add("issuer", campus.school_name());
    else
        add("issuer", code.school());
    add("number", code.number);
    add("issued_on", to_iso(day_of(code.day)));
    add("page", speech.say("label.page_of",
                           {{"page", std::to_string(code.page)}, {"pages", std::to_string(code.pages)}}));
    if (code.facts) {
        add("employer", code.facts->employer);
        add("credit_code", code.facts->credit_code);
        add("student", code.facts->masked_name);
    }
    return values;
}

void put_status(Verification& verification, Home& home, const Speech& speech) {
    const auto record = home.store().registrations().find(verification.code.registration);
    if (!record) return;
    const bool superseded = !record->paper || record->paper->revision != verification.code.revision;
    verification.status = superseded ? speech.say("verify.superseded")
                                     : speech.state(record->state, record->kind, home.campus());
    verification.tone = superseded ? Tone::bad : tone_of(record->state);
}

}  // namespace

Result<Verification> verify_text(Home& home, std::string_view text, const Speech& speech) {
    const domain::Campus campus = home.campus();
    const auto code = home.store().campus().trust().check(text, campus.is_demo());
    if (!code) return tl::make_unexpected(code.error());
    Verification verification;
    verification.code = *code;
    verification.says = says(*code, campus, speech);
    put_status(verification, home, speech);
    const auto synced = instant_from_iso(home.store().log().note("sync.last_success"));
    verification.as_of = synced ? speech.say("verify.as_of", {{"time", shown_time(*synced)}})
                                : speech.say("verify.this_machine");
    return verification;
}

Result<Verification> verify_picture(Home& home, ByteView file, const Speech& speech) {
    const auto pictures = scan::read_pictures(file);
    if (!pictures) return tl::make_unexpected(pictures.error());
    scan::CodeSearch search;
    search.wanted = [](std::string_view text) { return domain::signed_code_from_text(text).has_value(); };
    for (const scan::Picture& picture : *pictures)
        if (const auto codes = scan::find_codes(picture, search); !codes.empty()) {
            // The code with the facts says more; it is the longer one.
            const auto longest = std::ranges::max_element(
                codes, {}, [](const scan::FoundCode& code) { return code.text.size(); });
            return verify_text(home, longest->text, speech);
        }
    return refuse("code_not_found");
}

Result<Verification> verify_hand_code(Home& home, std::string_view text, const Speech& speech) {
    const auto wanted = domain::hand_code_from_text(text);
    if (!wanted) return tl::make_unexpected(wanted.error());
    const auto& registrations = home.store().registrations();
    constexpr std::size_t kTogether = 1000;
    for (store::RegistrationFilter filter{.limit = kTogether};; filter.offset += kTogether) {
        const auto rows = registrations.list(filter);
        for (const store::RegistrationRow& row : rows) {
            const auto record = row.number.empty() ? std::nullopt : registrations.find(row.id);
            if (!record || !record->paper) continue;
            const domain::Paper& paper = *record->paper;
            for (int page = 1; page <= paper.pages(); ++page)
                if (domain::hand_code(paper.digest, page) == *wanted)
                    return verify_text(home, paper.upper_codes[static_cast<std::size_t>(page) - 1], speech);
        }
        if (rows.size() < kTogether) return refuse("hand_code_unknown");
    }
}

}  // namespace wq::desk
