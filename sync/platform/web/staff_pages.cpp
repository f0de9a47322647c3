// A school's staff: its records, figures, settings, nodes and warned employers; a department's see their own
// department. What they decide they decide at their desk, whose acts come by the wire.
#include "data/base/utf8.h"
#include "data/domain/lifecycle.h"
#include "sync/platform/school_tables.h"
#include "sync/platform/web/fields.h"
#include "sync/platform/web/figure_parts.h"
#include "sync/platform/web/record_parts.h"

#include <algorithm>

namespace wq::platform {
namespace {

using domain::State;
using protocol::Response;

constexpr State kListed[] = {State::invited,
                             State::department_review,
                             State::school_review,
                             State::returned,
                             State::approved,
                             State::return_department_review,
                             State::return_school_review,
                             State::effective,
                             State::terminating,
                             State::terminated,
                             State::void_,
                             State::declined,
                             State::expired,
                             State::cancelled,
                             State::deleted};
constexpr domain::Kind kKinds[] = {domain::Kind::online, domain::Kind::offline, domain::Kind::supplement,
                                   domain::Kind::destination};

std::string path_of(const SeenRecord& seen) { return "/s/records/" + to_text(seen.record.id); }

std::string told(const Visit& visit, const char* key) {
    return visit.is_post() ? visit.posted[key] : std::string(domain::value_of(visit.query, key));
}

std::vector<Option> state_options(const Visit& visit) {
    std::vector<Option> options;
    for (const State state : kListed)
        options.push_back({std::string(domain::name_of(state)), state_name(visit, state)});
    return options;
}

std::vector<Option> kind_options(const Visit& visit) {
    std::vector<Option> options;
    for (const domain::Kind kind : kKinds)
        options.push_back(
            {std::string(domain::name_of(kind)), visit.say("kind." + std::string(domain::name_of(kind)))});
    return options;
}

void put_filter(const Visit& visit, PageData& values, const RecordQuery& query) {
    put(values, "filters",
        std::vector<PageData>{
            shown_line({"text", visit.say("web.records.search"), "search", query.text, {}, "off"}, {}),
            shown_choice("state", visit.say("web.records.state"), state_options(visit), query.state, {}),
            shown_choice("kind", visit.say("web.label.kind"), kind_options(visit), query.kind, {})});
}

void put_pages(const Visit& visit, PageData& values, const RecordQuery& query, std::int64_t total) {
    const std::int64_t pages = std::max<std::int64_t>(1, (total + kRecordsOnPage - 1) / kRecordsOnPage);
    put(values, "previous", query.page > 1 ? std::to_string(query.page - 1) : "");
    put(values, "following", query.page < pages ? std::to_string(query.page + 1) : "");
    values.set("pages", visit.say("web.records.pages", {{"page", std::to_string(query.page)},
                                                        {"pages", std::to_string(pages)},
                                                        {"total", std::to_string(total)}}));
    put(values, "text", query.text);
    put(values, "of_state", query.state);
    put(values, "of_kind", query.kind);
}

// What is searched for is sent in the body: names belong into no address.
Response records(Visit& visit) {
    RecordQuery query{visit.person->school, visit.person->scope(),
                      told(visit, "state"), told(visit, "kind"),
                      visit.posted["text"], std::clamp(std::atoi(told(visit, "page").c_str()), 1, 100'000)};
    RecordList list;
    visit.registry().look([&](Database& database) { list = records_for(database, query); });
    const domain::Campus campus = campus_of(visit, visit.person->school);
    std::vector<PageData> lines;
    for (const SeenRecord& seen : list.records)
        lines.push_back(record_line(visit, seen, campus, path_of(seen)));
    PageData values;
    put(values, "records", lines);
    put_filter(visit, values, query);
    put_pages(visit, values, query, list.total);
    put(values, "department", visit.person->department);
    return visit.page("records", "web.nav.records", values);
}

std::optional<SeenRecord> asked_for_record(const Visit& visit) {
    const auto id = uuid_from_text(visit.captured[0]);
    std::optional<SeenRecord> found;
    if (id)
        visit.registry().look([&](Database& database) {
            found = record_for(database, visit.person->school, visit.person->scope(), *id);
        });
    return found;
}

std::string name_of_account(Visit& visit, const domain::Actor& actor, const SeenRecord& seen) {
    if (actor.role == domain::Role::student) return std::string(seen.graduate["name"]);
    if (actor.role == domain::Role::employer)
        return std::string(domain::value_of(seen.record.form, "employer_name"));
    const auto known = visit.house.logins.find(domain::Role::school, seen.school, actor.account);
    return known && !known->display_name.empty() ? known->display_name : actor.account;
}

std::vector<PageData> timeline_of(Visit& visit, const SeenRecord& seen, const domain::Campus& campus) {
    std::vector<PageData> timeline;
    for (const EventLine& line : visit.registry().events(seen.school, seen.record.id)) {
        PageData entry;
        entry.set("when", shown_time(line.entry.received));
        entry.set("what", line.event ? os::what_of(*line.event, campus, visit.speech())
                                     : visit.say("web.timeline.unreadable"));
        put(entry, "who",
            line.event ? visit.say("who." + std::string(domain::name_of(line.event->actor.role))) + " " +
                             name_of_account(visit, line.event->actor, seen)
                       : "");
        put(entry, "comment", line.event ? line.event->body["reason"].as_text() : "");
        put(entry, "refused",
            line.entry.verdict == protocol::verdict::kAccepted ? "" : visit.speech()(line.entry.why));
        timeline.push_back(std::move(entry));
    }
    return timeline;
}

std::string file_label(const Visit& visit, const std::string& kind) {
    if (kind.starts_with("page:")) return visit.say("label.page") + " " + kind.substr(5);
    return visit.speech().material(kind);
}

std::vector<PageData> files_of(const Visit& visit, const SeenRecord& seen) {
    std::vector<PageData> files;
    for (const domain::Attachment& attachment : domain::attachments_of(seen.record)) {
        PageData file;
        file.set("label", file_label(visit, attachment.kind));
        file.set("path", path_of(seen) + "/files/" + to_hex(attachment.picture));
        files.push_back(file);
    }
    return files;
}

Response record(Visit& visit) {
    const auto seen = asked_for_record(visit);
    if (!seen) return visit.not_found();
    const domain::Campus campus = os::campus_for(seen->record, campus_of(visit, seen->school));
    PageData values;
    put_head(visit, values, *seen, campus);
    put(values, "facts", agreement_facts(visit, *seen, campus));
    put(values, "terms",
        facts_of(os::named_values(domain::fields_of(seen->record.kind), seen->record.form,
                                  visit.registry().codes(), visit.speech())));
    put(values, "graduate",
        facts_of(os::named_values(domain::graduate_fields(), seen->graduate.base, visit.registry().codes(),
                                  visit.speech())));
    put(values, "termination",
        seen->record.termination ? termination_facts(visit, *seen->record.termination)
                                 : std::vector<PageData>{});
    put(values, "timeline", timeline_of(visit, *seen, campus));
    put(values, "files", files_of(visit, *seen));
    put(values, "pdf", seen->record.paper ? path_of(*seen) + "/agreement.pdf" : "");
    return visit.page("record", os::title_of(seen->record.form, visit.registry().codes(), visit.speech()),
                      values);
}

Response record_file(Visit& visit) {
    const auto seen = asked_for_record(visit);
    if (!seen) return visit.not_found();
    for (const domain::Attachment& attachment : domain::attachments_of(seen->record)) {
        if (to_hex(attachment.picture) != visit.captured[1]) continue;
        auto blob = visit.registry().blob(seen->school, attachment.picture);
        if (!blob) return visit.refused(404, "web.file_on_its_way");
        return visit.picture(std::move(blob->content));
    }
    return visit.not_found();
}

Response record_pdf(Visit& visit) {
    const auto seen = asked_for_record(visit);
    if (!seen || !seen->record.paper) return visit.not_found();
    auto pdf = visit.house.prints.agreement(seen->record);
    if (!pdf) return visit.refused(409, "web.no_pdf", {{"why", visit.speech()(pdf.error())}});
    return visit.file(std::move(*pdf), "application/pdf", seen->record.number + ".pdf");
}

FigureScope scope_of(const Visit& visit) { return {visit.person->school, visit.person->scope(), {}}; }
Response figures(Visit& visit) { return figures_page(visit, scope_of(visit)); }
Response figures_csv(Visit& visit) { return figures_file(visit, scope_of(visit)); }

// R44: the lines that the employment-management system takes.
Response plan_file(Visit& visit, std::string_view ending, const char* media_type) {
    auto file = visit.registry().export_plan(visit.person->school, visit.person->scope(), ending);
    if (!file) return visit.refused(500, "refusal." + file.error().code);
    return visit.file(std::move(*file), media_type, "destinations" + std::string(ending));
}

Response plan_csv(Visit& visit) { return plan_file(visit, ".csv", "text/csv; charset=utf-8"); }
Response plan_xlsx(Visit& visit) {
    return plan_file(visit, ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
}

std::string who_sets(const Visit& visit, const domain::Setting& setting) {
    if (setting.roles & role_bit(domain::Role::school)) return visit.say("web.settings.by.school");
    return visit.say(setting.roles ? "web.settings.by.province" : "web.settings.by.nobody");
}

Response settings(Visit& visit) {
    const domain::Campus campus = campus_of(visit, visit.person->school);
    std::vector<PageData> lines;
    for (const domain::Setting& setting : domain::campus_settings()) {
        const std::string value(domain::value_of(campus.settings, setting.key));
        const std::string words = "web.value." + std::string(setting.key) + "." + value;
        const bool has_words = visit.house.templates.wording().has(words);
        PageData line;
        line.set("label",
                 std::string(visit.language == os::Language::zh ? setting.name_zh : setting.name_en));
        line.set("value", has_words                         ? visit.say(words)
                          : value == "on" || value == "off" ? visit.say("web.value." + value)
                          : value.empty()                   ? std::string("–")
                                                            : value);
        line.set("who", who_sets(visit, setting));
        lines.push_back(line);
    }
    PageData values;
    put(values, "settings", lines);
    return visit.page("settings", "web.nav.settings", values);
}

Response nodes_page(Visit& visit, const std::string& code, int status) {
    const Instant now = visit.registry().now();
    std::vector<PageData> lines;
    const std::vector<NodeLine> nodes = visit.registry().nodes(visit.person->school);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const NodeLine& node = nodes[i];
        // It has joined anew since.
        if (i + 1 < nodes.size() && nodes[i + 1].sender == node.sender) continue;
        const std::string device = to_text(node.sender.device);
        const bool is_silent = now.ms - node.seen.ms > kDay;
        PageData line;
        line.set("number", std::to_string(node.number));
        line.set("device", device.substr(device.size() - 6));
        line.set("acts", std::to_string(node.last));
        line.set("heard", shown_time(node.seen));
        line.set("state", visit.say("web.nodes.state." + node.state));
        line.set("tone", std::string(node.state != "active" ? "bad" : is_silent ? "attention" : "good"));
        put(line, "silent",
            is_silent && node.state == "active"
                ? visit.say("web.nodes.silent", {{"days", std::to_string((now.ms - node.seen.ms) / kDay)}})
                : "");
        lines.push_back(line);
    }
    PageData values;
    put(values, "nodes", lines);
    put(values, "code", code);
    return visit.page("nodes", "web.nav.nodes", values, status);
}

Response nodes(Visit& visit) {
    if (!visit.is_post()) return nodes_page(visit, {}, 200);
    const auto code = visit.registry().new_enrol_code(visit.person->school);
    if (!code) return visit.refused(409, "web.no_code");
    return nodes_page(visit, *code, 200);
}

Response warnings(Visit& visit) {
    std::vector<WarnedEmployer> warned;
    visit.registry().look(
        [&](Database& database) { warned = warned_employers(database, visit.person->school); });
    std::vector<PageData> lines;
    for (const WarnedEmployer& employer : warned) {
        const bool is_own = std::ranges::count(employer.schools, visit.person->school) > 0;
        PageData line = warning_line(visit, employer);
        // Fewer than five schools are nobody else's business.
        line.set("schools", visit.say(is_own ? "web.warnings.own" : "web.warnings.others",
                                      {{"schools", std::to_string(employer.schools.size())}}));
        lines.push_back(std::move(line));
    }
    PageData values;
    put(values, "warnings", lines);
    put(values, "about", visit.say("web.warnings.about"));
    return visit.page("warnings", "web.nav.warnings", values);
}

constexpr RouteLimit kCodes{"enrol code", {10, 60 * kMinute}};

constexpr Route kRoutes[] = {
    {"GET", "/s", kSchoolStaff, records},
    {"POST", "/s", kSchoolStaff, records},
    {"GET", "/s/records/{id}", kSchoolStaff, record},
    {"GET", "/s/records/{id}/agreement.pdf", kSchoolStaff, record_pdf},
    {"GET", "/s/records/{id}/files/{hash}", kSchoolStaff, record_file},
    {"GET", "/s/figures", kSchoolStaff, figures},
    {"GET", "/s/figures.csv", kSchoolStaff, figures_csv},
    {"GET", "/s/destinations.csv", kSchoolStaff, plan_csv},
    {"GET", "/s/destinations.xlsx", kSchoolStaff, plan_xlsx},
    {"GET", "/s/settings", kSchoolStaff, settings},
    {"GET", "/s/warnings", kSchoolStaff, warnings},
    {"GET", "/s/nodes", kSchools, nodes},
    {"POST", "/s/nodes", kSchools, nodes, kCodes},
};

}  // namespace

std::span<const Route> staff_routes() { return kRoutes; }

}  // namespace wq::platform
