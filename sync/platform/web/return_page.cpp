// The page that a return link opens (R20): what is wanted, the upload, and what became of each picture. No
// account; the link is the key. Works on a phone.
#include "data/base/time.h"
#include "pdf/scan/page_checks.h"
#include "sync/platform/multipart.h"
#include "sync/platform/web/frame.h"

#include <algorithm>

namespace wq::platform {
namespace {

using protocol::Response;

// The words of the return page for a refusal, or those that everybody has for it.
std::string words_for(const Visit& visit, const std::string& prefix, const Refusal& why) {
    const std::string key = prefix + why.code;
    return visit.house.templates.wording().has(key) ? visit.say(key) : visit.speech()(why);
}

// Where the record of a used link has ended since, the state says more than the link.
std::string ended_state(const Visit& visit, const Refusal& why) {
    const auto state = std::ranges::find(why.args, "state", &Args::value_type::first);
    if (state == why.args.end()) return {};
    const std::string key = "web.return.ended." + state->second;
    return visit.house.templates.wording().has(key) ? visit.say(key) : std::string();
}

void put_nothing(PageData& values) {
    for (const char* name : {"notice", "ask"}) put(values, name, std::string());
    for (const char* name : {"facts", "results"}) put(values, name, std::vector<PageData>{});
    for (const char* name : {"is_open", "may_send_anyway"}) values.set(name, false);
}

Response closed_page(Visit& visit, const Refusal& why) {
    const std::string ended = ended_state(visit, why);
    PageData values;
    put_nothing(values);
    put(values, "heading", ended.empty() ? words_for(visit, "web.return.", why) : ended);
    put(values, "note", visit.say(ended.empty() ? "web.return.closed.note" : "web.return.ended.note"));
    values.set("tone", std::string(why.code == "link_used" && ended.empty() ? "good" : "attention"));
    return visit.page("return", "web.return.title", values, why.code == "link_unknown" ? 404 : 200);
}

PageData shown(const Visit& visit, const UploadedPage& page) {
    PageData line;
    line.set("file", page.page > 0 ? page.file + " · " +
                                         visit.say("web.return.page", {{"page", std::to_string(page.page)}})
                                   : page.file);
    line.set("poor", page.why.has_value());
    line.set("words", page.why ? words_for(visit, "web.return.", *page.why) : visit.say("web.return.taken"));
    return line;
}

std::vector<PageData> results_of(const Visit& visit, const std::vector<UploadedPage>& pages) {
    std::vector<PageData> results;
    for (const UploadedPage& page : pages) results.push_back(shown(visit, page));
    return results;
}

std::string wanted_pages(const OpenLink& link) {
    std::string wanted;
    for (int page = 1; page <= link.record.paper->pages(); ++page) {
        const auto there = std::ranges::find(link.pages, page, &domain::ReturnedPage::page);
        if (there == link.pages.end() || !scan::is_well_taken(there->checks))
            wanted += (wanted.empty() ? "" : ", ") + std::to_string(page);
    }
    return wanted;
}

Response open_page(Visit& visit, const OpenLink& link, const std::vector<UploadedPage>& uploaded,
                   const std::string& notice, int status) {
    PageData values;
    put_nothing(values);
    put(values, "facts",
        std::vector<PageData>{fact(visit.say("web.label.school"), link.school_name),
                              fact(visit.say("label.student"), link.masked_name),
                              fact(visit.say("label.employer"),
                                   std::string(domain::value_of(link.record.form, "employer_name"))),
                              fact(visit.say("label.number"), link.record.number),
                              fact(visit.say("web.return.wanted"), wanted_pages(link)),
                              fact(visit.say("web.return.until"), shown_time(link.record.link->expires))});
    values.set("is_open", true);
    put(values, "notice", notice);
    put(values, "results", results_of(visit, uploaded));
    put(values, "heading", visit.say("web.return.heading"));
    values.set("may_send_anyway", static_cast<int>(link.pages.size()) == link.record.paper->pages());
    put(values, "note", visit.say("web.return.note"));
    values.set("tone", std::string("info"));
    return visit.page("return", "web.return.title", values, status);
}

Response done_page(Visit& visit, const Upload& upload) {
    PageData values;
    put_nothing(values);
    put(values, "results", results_of(visit, upload.pages));
    put(values, "heading", visit.say("web.return.done"));
    put(values, "note", visit.say("web.return.done.note"));
    values.set("tone", std::string("good"));
    return visit.page("return", "web.return.title", values);
}

// What was sent, read from the form.
struct Sent {
    std::vector<SentFile> files;
    bool anyway = false;
    const char* wrong = nullptr;
};

Sent sent_by(const protocol::Request& request) {
    Sent sent;
    const auto parts = form_parts(protocol::header_of(request.headers, "content-type"), request.body);
    for (const FormPart& part : parts.value_or(std::vector<FormPart>{})) {
        if (part.name == "pages" && !part.content.empty())
            sent.files.push_back({part.file_name, part.content});
        sent.anyway = sent.anyway || part.name == "anyway";
    }
    if (!parts)
        sent.wrong = "web.return.unreadable";
    else if (sent.files.empty() && !sent.anyway)
        sent.wrong = "web.return.no_file";
    return sent;
}

Response return_page(Visit& visit) {
    const std::string& token = visit.captured[0];
    std::vector<UploadedPage> uploaded;
    std::string notice;
    if (visit.is_post()) {
        const Sent sent = sent_by(visit.request);
        if (sent.wrong) notice = visit.say(sent.wrong);
        if (!sent.wrong) {
            const auto upload = visit.house.returns->take(token, sent.files, sent.anyway);
            if (!upload) return closed_page(visit, upload.error());
            if (upload->missing.empty()) return done_page(visit, *upload);
            uploaded = upload->pages;
        }
    }
    const auto link = visit.house.returns->look(token);
    if (!link) return closed_page(visit, link.error());
    return open_page(visit, *link, uploaded, notice, notice.empty() ? 200 : 422);
}

// The link is all that one needs, and it stands in no cookie: no other page can send in its holder's name
// what it does not know.
constexpr Route kRoutes[] = {
    {"GET", "/R/{token*}", kPublic, return_page},
    {.method = "POST",
     .pattern = "/R/{token*}",
     .who = kPublic,
     .handler = return_page,
     .takes_files = true,
     .needs_token = false},
};

}  // namespace

std::span<const Route> return_routes() { return kRoutes; }

}  // namespace wq::platform
