// What an approved employer does: finds one graduate by what that graduate told, invites with terms (R14),
// follows its agreements, takes back, asks and answers terminations (R21).
#include "data/base/utf8.h"
#include "data/domain/lifecycle.h"
#include "sync/platform/school_tables.h"
#include "sync/platform/web/fields.h"
#include "sync/platform/web/record_parts.h"

#include <algorithm>

namespace wq::platform {
namespace {

using domain::Action, domain::Registration, domain::Role;
using protocol::Response;

constexpr RouteLimit kSearches{"search", {30, 60 * kMinute}};
constexpr std::int64_t kTicketValid = 2 * 60 * kMinute;
constexpr std::string_view kTicket = "web.invite";
constexpr Action kActions[] = {Action::cancel, Action::agree, Action::disagree, Action::ask_termination,
                               Action::revoke};
constexpr std::string_view kGiven[] = {"employer_name", "credit_code", "credit_code_note"};

// Whom a search found, sealed into the form that invites: it can be neither made nor changed outside, and the
// graduate's numbers stand in no address.
struct Ticket {
    std::string school, exam_number;
};

std::string ticket_for(Visit& visit, const Ticket& ticket) {
    cbor::Value value;
    value.set("school", ticket.school).set("exam_number", ticket.exam_number);
    value.set("employer", visit.person->account).set("until", visit.registry().now().ms + kTicketValid);
    std::string sealed;
    visit.registry().look([&](Database& database) { sealed = database.seal(cbor::encode(value), kTicket); });
    return sealed;
}

std::optional<Ticket> ticket_in(Visit& visit, const std::string& sealed) {
    std::optional<cbor::Value> value;
    visit.registry().look([&](Database& database) {
        if (const auto plain = database.try_open(sealed, kTicket)) value = cbor::decode(*plain);
    });
    if (!value || (*value)["employer"].as_text() != visit.person->account ||
        (*value)["until"].as_int() < visit.registry().now().ms)
        return std::nullopt;
    return Ticket{(*value)["school"].as_text(), (*value)["exam_number"].as_text()};
}

// Only who is proven to be this employer sees what names it.
std::optional<Refusal> why_not_let_in(const Visit& visit) {
    const auto account = visit.registry().employer(visit.person->account);
    if (domain::approved_form(account)) return std::nullopt;
    return domain::may_act(account, visit.registry().now());
}

std::string path_of(const SeenRecord& seen) {
    return "/e/agreements/" + seen.school + "/" + to_text(seen.record.id);
}

Response agreements(Visit& visit) {
    const auto hindrance =
        domain::may_act(visit.registry().employer(visit.person->account), visit.registry().now());
    PageData values;
    put(values, "hindrance", hindrance ? visit.speech()(*hindrance) : "");
    std::vector<SeenRecord> found;
    if (!why_not_let_in(visit))
        visit.registry().look(
            [&](Database& database) { found = agreements_of(database, visit.person->account); });
    std::map<std::string, domain::Campus> campuses;
    std::vector<PageData> lines;
    for (const SeenRecord& seen : found) {
        auto at = campuses.find(seen.school);
        if (at == campuses.end()) at = campuses.emplace(seen.school, campus_of(visit, seen.school)).first;
        lines.push_back(record_line(visit, seen, at->second, path_of(seen)));
    }
    put(values, "records", lines);
    values.set("empty", lines.empty() && !hindrance);
    return visit.page("agreements", "web.nav.agreements", values);
}

std::optional<SeenRecord> asked_for_record(const Visit& visit) {
    const auto id = uuid_from_text(visit.captured[1]);
    std::optional<SeenRecord> found;
    if (id && !why_not_let_in(visit))
        visit.registry().look([&](Database& database) {
            found = agreement_of(database, visit.person->account, visit.captured[0], *id);
        });
    return found;
}

// The forms of all that may be done now.
std::vector<PageData> action_forms(const Visit& visit, const SeenRecord& seen, const Faults& faults) {
    std::vector<PageData> forms;
    const auto possible = domain::actions_for(seen.record, Role::employer);
    const std::string tried = visit.posted["action"];
    for (const Action action : kActions) {
        if (!std::ranges::count(possible, action)) continue;
        const std::string name(domain::name_of(action));
        const auto asked = domain::asked_for(seen.record, action, Role::employer);
        const bool is_tried = tried == name;
        const Faults& own = is_tried ? faults : Faults{};
        std::vector<PageData> fields;
        if (asked && asked->reason)
            fields.push_back(shown_area("reason", visit.say("web.reason." + name),
                                        is_tried ? visit.posted["reason"] : std::string(), own));
        if (action == Action::ask_termination)
            for (PageData& field : shown_fields(visit, domain::termination_fields(),
                                                is_tried ? visit.posted.fields : domain::Form{}, own))
                fields.push_back(std::move(field));
        PageData form;
        form.set("action", name);
        form.set("words", visit.say("action." + name));
        form.set("about", visit.say("web.about." + name));
        form.set("open", is_tried);
        form.set("revision", std::to_string(seen.record.revision));
        form.set("danger", action == Action::cancel || action == Action::ask_termination);
        put_form(visit, form, fields, own);
        if (own.contains("")) put(form, "wrong", own.at(""));
        forms.push_back(std::move(form));
    }
    return forms;
}

Response agreement_page(Visit& visit, const SeenRecord& seen, const Faults& faults, int status) {
    const domain::Campus campus = campus_of(visit, seen.school);
    const Registration& record = seen.record;
    PageData values;
    put_head(visit, values, seen, campus);
    put(values, "facts", agreement_facts(visit, seen, campus));
    put(values, "terms",
        facts_of(os::named_values(domain::fields_of(record.kind), record.form, visit.registry().codes(),
                                  visit.speech())));
    put(values, "termination",
        record.termination ? termination_facts(visit, *record.termination) : std::vector<PageData>{});
    std::vector<PageData> graduate{
        fact(visit.say("label.student"), std::string(seen.graduate["name"])),
        fact(visit.say("web.label.school"), campus.school_name()),
        fact(visit.say("web.label.department"), std::string(seen.graduate["department"])),
        fact(visit.say("web.label.major"), std::string(seen.graduate["major"]))};
    put(values, "graduate", graduate);
    put(values, "pdf", record.paper ? path_of(seen) + "/agreement.pdf" : "");
    put(values, "actions", action_forms(visit, seen, faults));
    put(values, "hint",
        visit.house.templates.wording().has("web.hint." + std::string(domain::name_of(record.state)))
            ? visit.say("web.hint." + std::string(domain::name_of(record.state)))
            : "");
    values.set("sent", domain::value_of(visit.query, "done") == "sent");
    return visit.page("agreement", os::title_of(record.form, visit.registry().codes(), visit.speech()),
                      values, status);
}

Response agreement(Visit& visit) {
    const auto seen = asked_for_record(visit);
    return seen ? agreement_page(visit, *seen, {}, 200) : visit.not_found();
}

Response act(Visit& visit) {
    const auto seen = asked_for_record(visit);
    if (!seen) return visit.not_found();
    const auto action = domain::action_named(visit.posted["action"]);
    if (!action || !std::ranges::count(kActions, *action)) return visit.refused(400, "web.unreadable");
    Faults faults;
    domain::Command command{*action, {Role::employer, visit.person->account}};
    command.reason = visit.posted["reason"];
    command.expected_revision = std::atoll(visit.posted["revision"].c_str());
    if (*action == Action::ask_termination) {
        command.form = read_fields(visit, domain::termination_fields(), faults);
        add_faults(visit,
                   domain::check_form(domain::termination_fields(), command.form, visit.registry().codes()),
                   faults);
    }
    const auto asked = domain::asked_for(seen->record, *action, Role::employer);
    if (asked && asked->reason && command.reason.empty())
        faults.emplace("reason", visit.say("refusal.required"));
    if (!faults.empty()) return agreement_page(visit, *seen, faults, 422);
    const auto done = visit.registry().act(seen->school, seen->record.id, seen->record.exam_number, command);
    if (!done) {
        const auto now = asked_for_record(visit);
        return agreement_page(visit, now ? *now : *seen, {{"", visit.speech()(done.error())}}, 409);
    }
    return visit.see(path_of(*seen));
}

Response agreement_pdf(Visit& visit) {
    const auto seen = asked_for_record(visit);
    if (!seen || !seen->record.paper) return visit.not_found();
    auto pdf = visit.house.prints.agreement(seen->record);
    if (!pdf) return visit.refused(409, "web.no_pdf", {{"why", visit.speech()(pdf.error())}});
    return visit.file(std::move(*pdf), "application/pdf", seen->record.number + ".pdf");
}

// By code or whole name.
std::string school_told(const Visit& visit, const std::string& told) {
    std::vector<SchoolRow> schools;
    visit.registry().look([&](Database& database) { schools = schools_of(database, {}); });
    for (const SchoolRow& school : schools)
        if (school.code == told || school.name == told) return school.code;
    return {};
}

Response search_page(Visit& visit, const Faults& faults, const std::string& wrong, int status) {
    PageData values;
    const std::vector<PageData> fields{
        shown_line({"name", visit.say("web.search.name"), "text", visit.posted["name"], {}, "off"}, faults),
        shown_line({"school", visit.say("web.search.school"), "text", visit.posted["school"],
                    visit.say("web.search.school.hint"), "off"},
                   faults),
        shown_line({"number", visit.say("web.search.number"), "text", visit.posted["number"],
                    visit.say("web.search.number.hint"), "off"},
                   faults)};
    put_form(visit, values, fields, faults);
    if (!wrong.empty()) put(values, "wrong", wrong);
    return visit.page("search", "web.search.title", values, status);
}

Response barred(Visit& visit, const Refusal& why) {
    return visit.refused(403, "web.employer_barred", {{"why", visit.speech()(why)}});
}

Response invite_page(Visit& visit, const Ticket& ticket, const domain::Graduate& graduate,
                     const domain::Form& form, const Faults& faults, int status) {
    PageData values;
    const auto name = [&](const char* table, const char* key) {
        return visit.registry().codes().name(table, std::string(graduate[key]));
    };
    const std::vector<PageData> facts{
        fact(visit.say("label.student"), std::string(graduate["name"])),
        fact(visit.say("web.label.school"), campus_of(visit, ticket.school).school_name()),
        fact(visit.say("web.label.department"), std::string(graduate["department"])),
        fact(visit.say("web.label.level"), name("level", "level")),
        fact(visit.say("web.label.major"), std::string(graduate["major"]))};
    put(values, "facts", facts);
    values.set("ticket", ticket_for(visit, ticket));
    const std::vector<PageData> employer{
        fact(visit.say("label.employer"), std::string(domain::value_of(form, "employer_name"))),
        fact(visit.say("label.credit_code"), visit.person->account)};
    put(values, "employer", employer);
    put_form(visit, values, shown_fields(visit, domain::agreement_fields(), form, faults, kGiven), faults);
    if (faults.contains("")) put(values, "wrong", faults.at(""));
    const domain::Campus campus = campus_of(visit, ticket.school);
    values.set("days", std::to_string(campus.invitation_days()));
    return visit.page("invite", "web.invite.title", values, status);
}

// What the account says of the employer stands in every invitation.
domain::Form with_own_name(const Visit& visit, domain::Form form) {
    const auto account = visit.registry().employer(visit.person->account);
    form["employer_name"] = domain::value_of(*domain::approved_form(account), "employer_name");
    form["credit_code"] = visit.person->account;
    return form;
}

domain::Form first_terms(const Visit& visit) {
    const auto account = visit.registry().employer(visit.person->account);
    domain::Form form;
    for (const domain::Field& field : domain::agreement_fields())
        if (const auto value = domain::value_of(*domain::approved_form(account), field.key); !value.empty())
            form.emplace(field.key, value);
    return with_own_name(visit, std::move(form));
}

Response search(Visit& visit) {
    if (const auto why =
            domain::may_act(visit.registry().employer(visit.person->account), visit.registry().now()))
        return barred(visit, *why);
    if (!visit.is_post()) return search_page(visit, {}, {}, 200);
    Faults faults;
    for (const char* key : {"name", "school", "number"})
        if (visit.posted[key].empty()) faults.emplace(key, visit.say("refusal.required"));
    if (!faults.empty()) return search_page(visit, faults, {}, 422);
    const std::string school = school_told(visit, visit.posted["school"]);
    std::optional<domain::Graduate> graduate;
    visit.registry().look([&](Database& database) {
        graduate = graduate_by_what_was_told(database, school, visit.posted["name"], visit.posted["number"]);
    });
    if (!graduate) return search_page(visit, {}, visit.say("web.search.none"), 422);
    return invite_page(visit, {school, graduate->exam_number()}, *graduate, first_terms(visit), {}, 200);
}

Response invite(Visit& visit) {
    if (const auto why =
            domain::may_act(visit.registry().employer(visit.person->account), visit.registry().now()))
        return barred(visit, *why);
    if (!visit.is_post()) return visit.see("/e/search");
    const auto ticket = ticket_in(visit, visit.posted["ticket"]);
    if (!ticket) return visit.refused(403, "web.ticket_over");
    std::optional<domain::Graduate> graduate;
    visit.registry().look([&](Database& database) {
        graduate = SchoolTables(database, ticket->school).graduate(ticket->exam_number);
    });
    if (!graduate) return visit.refused(403, "web.ticket_over");
    Faults faults;
    const domain::Form form = with_own_name(visit, read_fields(visit, domain::agreement_fields(), faults));
    add_faults(visit, domain::check_registration(domain::Kind::online, form, visit.registry().codes()),
               faults);
    if (!faults.empty()) return invite_page(visit, *ticket, *graduate, form, faults, 422);
    domain::Command command{Action::invite, {Role::employer, visit.person->account}};
    command.form = form;
    const auto done =
        visit.registry().act(ticket->school, visit.registry().new_id(), ticket->exam_number, command);
    if (!done) {
        const std::string key = "web.invite." + done.error().code;
        const std::string why =
            visit.house.templates.wording().has(key) ? visit.say(key) : visit.speech()(done.error());
        return invite_page(visit, *ticket, *graduate, form, {{"", why}}, 409);
    }
    return visit.see("/e/agreements/" + ticket->school + "/" + to_text(done->id) + "?done=sent");
}

constexpr Route kRoutes[] = {
    {"GET", "/e", kEmployers, agreements},
    {"GET", "/e/search", kEmployers, search},
    {"POST", "/e/search", kEmployers, search, kSearches},
    {"GET", "/e/invite", kEmployers, invite},
    {"POST", "/e/invite", kEmployers, invite},
    {"GET", "/e/agreements/{school}/{id}", kEmployers, agreement},
    {"POST", "/e/agreements/{school}/{id}", kEmployers, act},
    {"GET", "/e/agreements/{school}/{id}/agreement.pdf", kEmployers, agreement_pdf},
};

}  // namespace

std::span<const Route> employer_routes() { return kRoutes; }

}  // namespace wq::platform
