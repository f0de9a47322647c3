#include "data/os/record_words.h"

#include "data/base/utf8.h"
#include "data/domain/termination.h"

namespace wq::os {

using domain::State;

Tone tone_of(State state) {
    switch (state) {
        case State::draft:
            return Tone::plain;
        case State::invited:
        case State::returned:
            return Tone::attention;
        case State::department_review:
        case State::school_review:
        case State::approved:
        case State::return_department_review:
        case State::return_school_review:
        case State::terminating:
            return Tone::info;
        case State::effective:
            return Tone::good;
        case State::void_:
        case State::declined:
        case State::expired:
        case State::cancelled:
        case State::discarded:
        case State::deleted:
        case State::terminated:
            return Tone::bad;
    }
    return Tone::plain;
}

// The campus as it was when the record's paper was issued: what is printed stays two- or three-party.
domain::Campus campus_for(const domain::Registration& record, domain::Campus campus) {
    if (record.paper)
        campus.settings.insert_or_assign("parties",
                                         std::string(domain::value_of(record.paper->content, "parties")));
    return campus;
}

std::string title_of(const domain::Form& form, const domain::Codes& codes, const Speech& speech) {
    if (const auto title = domain::title_of(form); !title.empty()) return std::string(title);
    const domain::Code* code = codes.table("destination").find(domain::value_of(form, "destination"));
    return code ? speech.name(*code) : std::string();
}

std::string status_of(const domain::Registration& record, const domain::Campus& campus,
                      const Speech& speech) {
    if (const auto stage = domain::open_stage(record))
        return speech.say("stage.termination." + std::string(domain::name_of(*stage)));
    return speech.state(record.state, record.kind, campus_for(record, campus));
}

namespace {

// A copy takes the place of the ones before it (R55). Nothing on the paper tells them apart: it is the same
// for ever, and the number stands here alone.
std::string what_of_print(const domain::Event& event, const Speech& speech) {
    const std::int64_t copy = event.body["copy"].as_int();
    const std::string end = event.body["end"].as_text();
    const std::string how = end.empty() || end == "printed" ? "" : "." + end;
    std::string words = speech.say("timeline.print" + how, {{"copy", std::to_string(copy)}});
    const std::string earlier = copy > 2 ? "1–" + std::to_string(copy - 1) : "1";
    if (copy > 1) words += speech.say("timeline.print.void", {{"copies", earlier}});
    return words;
}

}  // namespace

// "timeline.pass.school_review.online", or the next shorter one that there is.
std::string what_of(const domain::Event& event, const domain::Campus& campus, const Speech& speech) {
    if (event.type == domain::event_type::kPrint) return what_of_print(event, speech);
    const std::string action = event.body["action"].as_text(), kind = event.body["kind"].as_text();
    const std::string key = "timeline." + action;
    const std::string of_state = key + "." + std::string(domain::name_of(event.expected_state));
    const std::string parties = campus.parties() == 2 ? ".two" : ".three";
    for (const std::string& special :
         {of_state + "." + event.body["to"].as_text() + parties, of_state + "." + kind + parties,
          of_state + parties, of_state + "." + kind, of_state, key + "." + kind})
        if (const std::string words = speech.say(special); words != special) return words;
    return speech.say(key);
}

std::string shown_value(const domain::Field& field, std::string_view value, const domain::Codes& codes,
                        const Speech& speech) {
    if (value.empty()) return {};
    if (field.kind == domain::FieldKind::yes_no) return speech.say(value == "yes" ? "yes" : "no");
    if (field.kind == domain::FieldKind::month && value.size() == 6)
        return std::string(value.substr(0, 4)) + "-" + std::string(value.substr(4));
    if (field.kind == domain::FieldKind::resident_id) return masked_number(value);
    if (field.table.empty()) return std::string(value);
    if (field.table == "region" && codes.table("region").find(value)) {
        std::string name;
        for (const domain::Code* part : codes.table("region").path(value))
            name += (name.empty() ? "" : " ") + speech.name(*part);
        return name;
    }
    const domain::Code* code = codes.table(field.table).find(value);
    return code ? speech.name(*code) : std::string(value);
}

std::vector<NamedValue> named_values(std::span<const domain::Field> fields, const domain::Form& form,
                                     const domain::Codes& codes, const Speech& speech) {
    std::vector<NamedValue> values;
    for (const domain::Field& field : fields) {
        std::string value = shown_value(field, domain::value_of(form, field.key), codes, speech);
        if (!value.empty()) values.push_back({std::string(field.key), speech.name(field), std::move(value)});
    }
    return values;
}

void label(domain::Figures& figures, const domain::Codes& codes, const Speech& speech) {
    const auto by_name = [&](std::vector<domain::FigureLine>& lines, const char* table) {
        for (domain::FigureLine& line : lines) {
            const domain::Code* code = codes.table(table).find(line.key);
            line.label = code ? speech.name(*code) : line.key;
        }
    };
    figures.total.label = speech.say("figures.total");
    by_name(figures.levels, "level");
    by_name(figures.codes, "destination");
    for (domain::FigureLine& line : figures.groups)
        line.label = speech.say("figures.group." + (line.key.empty() ? std::string("none") : line.key));
    for (auto* lines : {&figures.departments, &figures.days})
        for (domain::FigureLine& line : *lines) line.label = line.key;
}

}  // namespace wq::os
