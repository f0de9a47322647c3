// For everybody: the start, what a printed code or the one typed from under it leads to (R35, R48), the page
// that verifies without a network (R59), the language. A page tells no more than the paper in the reader's
// hand already does.
#include "data/base/utf8.h"
#include "data/domain/hand_code.h"
#include "data/domain/lifecycle.h"
#include "data/os/assets.h"
#include "data/os/files.h"
#include "sync/platform/school_tables.h"
#include "sync/platform/web/fields.h"
#include "sync/platform/web/record_parts.h"

namespace wq::platform {
namespace {

using protocol::Response;

constexpr RouteLimit kVerifications{"verify", {30, 5 * kMinute}};
constexpr std::size_t kLongestHandCode = 24;  // with all the blanks and hyphens that people put in

Response start(Visit& visit) {
    PageData values;
    return visit.page("start", "web.start.title", values);
}

Response unknown_page(Visit& visit, const Refusal& why) {
    PageData values;
    const bool is_forged = why.code == "code_forged" || why.code == "code_foreign";
    put(values, "heading", visit.say(is_forged ? "web.verify.forged" : "web.verify.unknown"));
    put(values, "note", visit.say(is_forged ? "web.verify.forged.note" : "web.verify.unknown.note"));
    put(values, "facts", std::vector<PageData>{});
    values.set("tone", std::string(is_forged ? "bad" : "attention"));
    return visit.page("verified", "web.verify.title", values, 404);
}

Response known_page(Visit& visit, const Verification& known) {
    PageData values;
    const bool stands = known.is_latest_paper && domain::holds_slot(known.state);
    std::vector<PageData> facts;
    const auto add = [&](const char* key, const std::string& value) {
        facts.push_back(fact(visit.say(key), value));
    };
    add("label.number", known.code.number);
    add("web.verify.state", visit.say("web.verify.state." + std::string(domain::name_of(known.state))));
    add("label.student", known.masked_name);
    add("label.employer", known.employer);
    add("label.issued_on", to_iso(day_of(known.code.day)));
    add("label.page", std::to_string(known.code.page) + " / " + std::to_string(known.code.pages));
    put(values, "facts", facts);
    put(values, "heading",
        visit.say(known.code.sample ? "web.verify.sample"
                  : stands          ? "web.verify.genuine"
                                    : "web.verify.superseded"));
    put(values, "note", visit.say("web.verify.note"));
    values.set("tone", std::string(!known.code.sample && stands ? "good" : "attention"));
    return visit.page("verified", "web.verify.title", values);
}

Response by_printed_code(Visit& visit, const std::string& code) {
    const auto known = visit.registry().verify("HTTPS://WANGQIAN/V/" + to_upper_ascii(code));
    return known ? known_page(visit, *known) : unknown_page(visit, known.error());
}

Response verify_link(Visit& visit) { return by_printed_code(visit, visit.captured[0]); }

// The register's word on what was typed: it says which paper this would be, never that the paper is genuine.
std::vector<std::vector<PageData>> papers_of(Visit& visit, const domain::HandCode& code, bool& stands) {
    std::vector<std::vector<PageData>> papers;
    visit.registry().look([&](Database& database) {
        papers.clear();
        stands = false;
        for (const HandPaper& paper : papers_by_hand(database, code.digest)) {
            SchoolTables tables(database, paper.school);
            const auto record = tables.registration(paper.registration);
            if (!record) continue;
            const auto graduate = tables.graduate(record->exam_number);
            const bool is_latest = record->paper && record->paper->revision == paper.revision;
            const bool is_good = is_latest && domain::holds_slot(record->state);
            stands |= is_good;
            // Of two with the same digits, the one that stands comes first.
            papers.insert(
                is_good ? papers.begin() : papers.end(),
                std::vector<PageData>{
                    fact(visit.say("label.number"), record->number),
                    fact(visit.say("web.verify.state"),
                         visit.say("web.verify.state." + std::string(domain::name_of(record->state)))),
                    fact(visit.say("label.student"), graduate ? masked_name((*graduate)["name"]) : ""),
                    fact(visit.say("label.employer"),
                         std::string(domain::value_of(record->form, "employer_name"))),
                    fact(visit.say("label.issuer"), tables.campus().school_name()),
                    fact(visit.say("label.page"), std::to_string(code.page))});
        }
    });
    return papers;
}

Response by_hand_code(Visit& visit, const domain::HandCode& code) {
    bool stands = false;
    const auto papers = papers_of(visit, code, stands);
    if (papers.empty()) return unknown_page(visit, {"record_unknown"});
    PageData values;
    put(values, "facts", papers[0]);
    put(values, "heading", visit.say(stands ? "web.verify.by_hand" : "web.verify.superseded"));
    put(values, "note", visit.say("web.verify.by_hand.note"));
    values.set("tone", std::string(stands ? "info" : "attention"));
    return visit.page("verified", "web.verify.title", values);
}

Response verify_page(Visit& visit, const Faults& faults, int status) {
    PageData values;
    put_form(visit, values,
             {shown_line({"code", visit.say("web.verify.code"), "text", visit.posted["code"],
                          visit.say("web.verify.code.hint"), "off"},
                         faults)},
             faults);
    values.set("wrong", false);
    return visit.page("verify", "web.verify.title", values, status);
}

Response verify(Visit& visit) {
    if (!visit.is_post()) return verify_page(visit, {}, 200);
    const std::string typed = to_upper_ascii(to_half_width(visit.posted["code"]));
    if (const std::size_t at = typed.find("/V/"); at != std::string::npos)
        return by_printed_code(visit, typed.substr(at + 3));
    if (typed.size() > kLongestHandCode) return by_printed_code(visit, typed);
    const auto code = domain::hand_code_from_text(typed);
    if (!code) return verify_page(visit, {{"code", visit.speech()(code.error())}}, 422);
    return by_hand_code(visit, *code);
}

Response offline_page(Visit& visit) {
    const auto html = os::read_text(os::assets_folder() / "offline" / "verify.html");
    if (!html) throw Fault("the page for verifying offline can't be read");
    const std::string page = crypto::offline_page(*html, visit.registry().verification_list());
    const ByteView bytes = bytes_of(page);
    return visit.file({bytes.begin(), bytes.end()}, "text/html; charset=utf-8", "wangqian-verify.html");
}

// Kept for a day: the page names the style sheet by its content.
Response kept(const std::string& content, const char* media_type) {
    const ByteView bytes = bytes_of(content);
    return {200, {bytes.begin(), bytes.end()}, media_type, {{"cache-control", "public, max-age=86400"}}};
}
Response style(Visit& visit) { return kept(visit.house.templates.style(), "text/css; charset=utf-8"); }
Response icon(Visit& visit) { return kept(visit.house.templates.icon(), "image/svg+xml"); }

Response language(Visit& visit) {
    const std::string& wanted = visit.captured[0];
    if (wanted != "zh" && wanted != "en") return visit.not_found();
    visit.set_cookie = cookie_line(visit.house, "wq_language", wanted, 365 * kDay / kSecond);
    return visit.see(own_path(std::string(domain::value_of(visit.query, "back"))));
}

constexpr Route kRoutes[] = {
    {"GET", "/", kPublic, start},
    {"GET", "/verify", kPublic, verify},
    {"POST", "/verify", kPublic, verify, kVerifications},
    {"GET", "/V/{code*}", kPublic, verify_link},
    {"GET", "/offline.html", kPublic, offline_page},
    {"GET", "/language/{language}", kPublic, language},
    {"GET", "/web.css", kPublic, style},
    {"GET", "/icon.svg", kPublic, icon},
};

}  // namespace

std::span<const Route> public_routes() { return kRoutes; }

}  // namespace wq::platform
