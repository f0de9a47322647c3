#include "sync/platform/web/record_parts.h"

#include "data/domain/lifecycle.h"
#include "data/domain/termination.h"
#include "sync/platform/school_tables.h"

namespace wq::platform {

domain::Campus campus_of(const Visit& visit, const std::string& school) {
    domain::Campus campus;
    visit.registry().look([&](Database& database) { campus = SchoolTables(database, school).campus(); });
    return campus;
}

std::string tone_name(os::Tone tone) {
    switch (tone) {
        case os::Tone::plain:
            return "plain";
        case os::Tone::info:
            return "info";
        case os::Tone::attention:
            return "attention";
        case os::Tone::good:
            return "good";
        case os::Tone::bad:
            return "bad";
    }
    return "plain";
}

std::string time_left(const Visit& visit, Instant until) {
    const std::int64_t left = until.ms - visit.registry().now().ms;
    if (left <= 0) return visit.say("web.left.none");
    const std::int64_t days = left / kDay, hours = left % kDay / (60 * kMinute),
                       minutes = left / kMinute % 60;
    if (days > 0)
        return visit.say("web.left.days", {{"days", std::to_string(days)}, {"hours", std::to_string(hours)}});
    return visit.say("web.left.hours",
                     {{"hours", std::to_string(hours)}, {"minutes", std::to_string(minutes)}});
}

PageData warning_line(const Visit& visit, const WarnedEmployer& employer) {
    std::string categories;
    for (const std::string& category : employer.categories) {
        const domain::Code* code = visit.registry().codes().table("warning_category").find(category);
        categories += (categories.empty() ? "" : " · ") + (code ? visit.speech().name(*code) : category);
    }
    PageData line;
    line.set("name", employer.name.empty() ? employer.credit_code : employer.name);
    line.set("code", employer.credit_code);
    line.set("categories", categories);
    return line;
}

std::string state_name(const Visit& visit, domain::State state) {
    return visit.say("state." + std::string(domain::name_of(state)));
}

PageData record_line(const Visit& visit, const SeenRecord& seen, const domain::Campus& campus,
                     const std::string& path) {
    const domain::Registration& record = seen.record;
    PageData line;
    line.set("path", path);
    line.set("title", os::title_of(record.form, visit.registry().codes(), visit.speech()));
    put(line, "student", std::string(seen.graduate["name"]));
    put(line, "department", std::string(seen.graduate["department"]));
    put(line, "student_number", std::string(seen.graduate["student_number"]));
    line.set("school", campus.school_name());
    line.set("kind", visit.say("kind." + std::string(domain::name_of(record.kind))));
    put(line, "number", record.number);
    line.set("state", os::status_of(record, campus, visit.speech()));
    line.set("tone", tone_name(os::tone_of(record.state)));
    line.set("changed", shown_time(record.changed));
    put(line, "left",
        record.state == domain::State::invited ? time_left(visit, record.expires) : std::string());
    line.set("awaited",
             domain::awaited(record) == (visit.person ? visit.person->role : domain::Role::student));
    return line;
}

void put_head(const Visit& visit, PageData& values, const SeenRecord& seen, const domain::Campus& campus) {
    const domain::Registration& record = seen.record;
    values.set("state", os::status_of(record, campus, visit.speech()));
    values.set("tone", tone_name(os::tone_of(record.state)));
    put(values, "comment", record.comment);
    put(values, "left",
        record.state == domain::State::invited ? time_left(visit, record.expires) : std::string());
    put(values, "student", std::string(seen.graduate["name"]));
    put(values, "school", campus.school_name());
}

std::vector<PageData> agreement_facts(const Visit& visit, const SeenRecord& seen,
                                      const domain::Campus& campus) {
    const domain::Registration& record = seen.record;
    std::vector<PageData> facts;
    const auto add = [&](const std::string& label, const std::string& value) {
        if (!value.empty()) facts.push_back(fact(label, value));
    };
    const bool is_two = os::campus_for(record, campus).parties() == 2;
    add(visit.say("label.number"), record.number);
    add(visit.say("web.label.kind"), visit.say("kind." + std::string(domain::name_of(record.kind))));
    if (record.kind != domain::Kind::destination)
        add(visit.say("label.parties"), visit.say(is_two ? "parties.two" : "parties.three"));
    if (record.paper)
        add(visit.say("label.issued_on"), std::string(domain::value_of(record.paper->content, "issued_on")));
    if (record.state == domain::State::invited) add(visit.say("label.expires"), shown_time(record.expires));
    if (record.effective.ms > 0) add(visit.say("web.label.effective"), shown_time(record.effective));
    add(visit.say("label.changed"), shown_time(record.changed));
    return facts;
}

std::vector<PageData> termination_facts(const Visit& visit, const domain::Termination& request) {
    std::vector<PageData> facts;
    const auto add = [&](const char* key, const std::string& value) {
        if (!value.empty()) facts.push_back(fact(visit.say(key), value));
    };
    add("label.termination_stage",
        visit.say("stage.termination." + std::string(domain::name_of(request.stage))));
    add("label.termination_by", visit.say("who." + std::string(domain::name_of(request.initiator))));
    add("label.termination_reason", request.reason);
    for (PageData& line : facts_of(os::named_values(domain::termination_fields(), request.form,
                                                    visit.registry().codes(), visit.speech())))
        facts.push_back(std::move(line));
    add("label.termination_verified", request.verified);
    add("label.termination_forced", request.forced_reason);
    return facts;
}

}  // namespace wq::platform
