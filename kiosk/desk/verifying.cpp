#include "kiosk/desk/verifying.h"

#include "data/base/utf8.h"
#include "data/crypto/trust.h"
#include "data/domain/hand_code.h"
#include "data/os/files.h"
#include "pdf/scan/page_checks.h"
#include "pdf/scan/page_image.h"
#include "pdf/scan/page_reading.h"

#include <algorithm>

namespace wq::desk {
namespace {

// What the platform told of the nation's papers; nothing before the first sync, or where it does not read.
struct Told {
    crypto::VerificationList list;
    Instant as_of;
};
std::optional<Told> told_by_platform(Home& home) {
    const auto kept = home.store().papers().verification_list();
    auto list = kept ? crypto::verification_list_from(kept->content)
                     : Result<crypto::VerificationList>(refuse("verification_list_missing"));
    return list ? std::optional(Told{std::move(*list), kept->as_of}) : std::nullopt;
}

crypto::TrustList trust_of(const Told& told) {
    crypto::TrustList trust;
    // A key that this program can't read proves nothing; the others still do.
    for (const crypto::TrustedKey& key : told.list.keys) (void)trust.add(key);
    return trust;
}

std::string issuer_of(const domain::PrintCode& code, const domain::Campus& campus,
                      const std::optional<Told>& told) {
    if (code.school() == campus.school_code()) return std::string(campus.school_name());
    const auto named = told ? told->list.schools.find(code.school()) : decltype(told->list.schools.end()){};
    return told && named != told->list.schools.end() ? named->second : code.school();
}

// The paper's own words, as far as the code carries them.
std::vector<NamedValue> says(const domain::PrintCode& code, std::string issuer, const Speech& speech) {
    std::vector<NamedValue> values;
    const auto add = [&](std::string key, std::string value) {
        values.push_back({key, speech.say("label." + key), std::move(value)});
    };
    add("issuer", std::move(issuer));
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

// Of a record that is here, its own state; of all others, whether the platform told that the paper ended.
void put_status(Verification& verification, Home& home, const std::optional<Told>& told,
                const Speech& speech) {
    const domain::PrintCode& code = verification.code;
    const auto synced = instant_from_iso(home.store().log().note("sync.last_success"));
    verification.as_of = synced ? speech.say("verify.as_of", {{"time", shown_time(*synced)}})
                                : speech.say("verify.this_machine");
    if (const auto record = home.store().registrations().find(code.registration)) {
        const bool superseded = !record->paper || record->paper->revision != code.revision;
        verification.status = superseded ? speech.say("verify.superseded")
                                         : speech.state(record->state, record->kind, home.campus());
        verification.tone = superseded ? Tone::bad : tone_of(record->state);
    } else if (told) {
        const bool ended = told->list.ended.may_hold({code.registration, code.revision});
        verification.status = speech.say(ended ? "verify.ended" : "verify.not_ended");
        verification.tone = ended ? Tone::bad : Tone::plain;
        verification.as_of = speech.say("verify.list_as_of", {{"time", shown_time(told->as_of)}});
    }
}

// This campus's own keys, or those that the platform told of all schools.
Result<domain::PrintCode> proven(Home& home, std::string_view text, const std::optional<Told>& told) {
    const bool is_demo = home.campus().is_demo();
    auto code = home.store().campus().trust().check(text, is_demo);
    if (code || code.error().code != "code_key_unknown" || !told) return code;
    return trust_of(*told).check(text, is_demo);
}

// The code on that page of a paper, also of one that was superseded since.
std::optional<std::string> code_of_page(Home& home, const crypto::PaperName& name, int page) {
    const auto upper_code = [&](const domain::Paper& paper) -> std::optional<std::string> {
        if (paper.revision != name.revision || page < 1 || page > paper.pages()) return std::nullopt;
        return paper.upper_codes[static_cast<std::size_t>(page) - 1];
    };
    if (const auto record = home.store().registrations().find(name.registration); record && record->paper)
        if (auto code = upper_code(*record->paper)) return code;
    for (const store::HistoryEntry& entry : home.store().log().history(name.registration))
        if (entry.event.body.has("paper"))
            if (auto code = upper_code(domain::paper_from_cbor(entry.event.body["paper"]))) return code;
    return std::nullopt;
}

// What the platform signed; a campus of its own signs what it knows.
Result<crypto::SignedList> list_here(Home& home) {
    if (!home.store().log().note(store::kPlatformNote).empty()) {
        auto kept = home.store().papers().verification_list();
        return kept ? Result<crypto::SignedList>(std::move(*kept)) : refuse("verification_list_missing");
    }
    if (!home.issuing_key()) return refuse("issuing_key_missing");
    const domain::Campus campus = home.campus();
    crypto::VerificationList list{home.store().campus().trust().keys(),
                                  {{std::string(campus.school_code()), std::string(campus.school_name())}},
                                  crypto::EndedPapers(home.store().papers().ended())};
    return crypto::sign(crypto::encode(list), home.clock().now(), *home.issuing_key());
}

}  // namespace

Result<Verification> verify_text(Home& home, std::string_view text, const Speech& speech) {
    const auto told = told_by_platform(home);
    const auto code = proven(home, text, told);
    if (!code) return tl::make_unexpected(code.error());
    Verification verification;
    verification.code = *code;
    verification.says = says(*code, issuer_of(*code, home.campus(), told), speech);
    put_status(verification, home, told, speech);
    return verification;
}

Result<Verification> verify_picture(Home& home, ByteView file, const Speech& speech) {
    std::string longest;  // the code with the facts says more
    const auto read = scan::each_picture(file, [&](const scan::Picture& picture) {
        for (scan::FoundCode& code : scan::find_codes(picture, scan::search_for_our_codes()))
            if (code.text.size() > longest.size()) longest = std::move(code.text);
        return longest.empty();
    });
    if (!longest.empty()) return verify_text(home, longest, speech);
    if (!read) return tl::make_unexpected(read.error());
    return refuse("code_not_found");
}

Result<Verification> verify_hand_code(Home& home, std::string_view text, const Speech& speech) {
    const auto wanted = domain::hand_code_from_text(text);
    if (!wanted) return tl::make_unexpected(wanted.error());
    for (const crypto::PaperName& paper : home.store().papers().find(*wanted))
        if (const auto code = code_of_page(home, paper, wanted->page))
            return verify_text(home, *code, speech);
    return refuse("hand_code_unknown");
}

Result<std::string> offline_page(Home& home) {
    const auto html = os::read_text(home.assets() / "offline" / "verify.html");
    if (!html) return tl::make_unexpected(html.error());
    const auto list = list_here(home);
    if (!list) return tl::make_unexpected(list.error());
    return crypto::offline_page(*html, *list);
}

}  // namespace wq::desk
