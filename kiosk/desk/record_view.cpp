#include "kiosk/desk/record_view.h"

#include "data/base/utf8.h"
#include "data/crypto/return_link.h"
#include "data/domain/destinations.h"
#include "data/domain/termination.h"

#include <algorithm>

namespace wq::desk {
namespace {

using domain::State;
using os::campus_for;

std::string who_of(const domain::Actor& actor, const domain::Registration& record, Home& home,
                   const Speech& speech) {
    if (actor.role == domain::Role::student && actor.account == record.exam_number)
        return speech.say("who.self");
    if (actor.role == domain::Role::employer && actor.account == domain::value_of(record.form, "credit_code"))
        return speech.say("who.employer") + " " + std::string(domain::value_of(record.form, "employer_name"));
    const auto account = home.store().accounts().find(actor.account);
    const std::string name = account ? account->display_name : actor.account;
    return speech.say("who." + std::string(domain::name_of(actor.role))) + " " + name;
}

std::string sync_of(const store::HistoryEntry& entry, const Speech& speech) {
    if (entry.verdict.empty()) return speech.say("sync.waiting");
    if (entry.verdict == "rejected")
        return speech.say("sync.rejected", {{"why", speech(Refusal{entry.code})}});
    return speech.say("sync." + entry.verdict);
}

std::vector<TimelineEntry> timeline_of(Home& home, const domain::Registration& record, const Speech& speech) {
    const domain::Campus campus = campus_for(record, home.campus());
    std::vector<TimelineEntry> timeline;
    for (const store::HistoryEntry& entry : home.store().log().history(record.id))
        timeline.push_back({shown_time(entry.event.when), os::what_of(entry.event, campus, speech),
                            who_of(entry.event.actor, record, home, speech),
                            entry.event.body["reason"].as_text(), sync_of(entry, speech)});
    return timeline;
}

// Of the paper that is good now; what was printed before it was issued anew is superseded.
std::vector<const domain::Event*> prints_in(const std::vector<store::HistoryEntry>& history,
                                            const domain::Registration& record) {
    std::vector<const domain::Event*> prints;
    for (const store::HistoryEntry& entry : history)
        if (entry.event.type == domain::event_type::kPrint && entry.verdict != "rejected" && record.paper &&
            entry.event.body["paper_revision"].as_int() == record.paper->revision)
            prints.push_back(&entry.event);
    return prints;
}

// How many there are, and which one counts since when.
std::string copies_of(const std::vector<const domain::Event*>& prints, const Speech& speech) {
    if (prints.empty()) return {};
    const domain::Event& last = *prints.back();
    return speech.say(prints.size() == 1 ? "copies.one" : "copies.more",
                      {{"count", std::to_string(prints.size())},
                       {"copy", std::to_string(last.body["copy"].as_int())},
                       {"time", shown_time(last.when)}});
}

std::vector<NamedValue> agreement_values(const domain::Registration& record, const domain::Campus& campus,
                                         const std::string& copies, const Speech& speech) {
    std::vector<NamedValue> values;
    const auto add = [&](std::string key, std::string value) {
        if (!value.empty()) values.push_back({key, speech.say("label." + key), std::move(value)});
    };
    add("number", record.number);
    add("parties", speech.say(campus.parties() == 2 ? "parties.two" : "parties.three"));
    if (record.paper) add("issued_on", std::string(domain::value_of(record.paper->content, "issued_on")));
    add("copy", copies);
    if (record.state == State::invited) add("expires", shown_time(record.expires));
    add("changed", shown_time(record.changed));
    return values;
}

std::vector<NamedValue> termination_values(const domain::Termination& request, const domain::Codes& codes,
                                           const Speech& speech) {
    std::vector<NamedValue> values;
    const auto add = [&](std::string key, std::string value) {
        if (!value.empty()) values.push_back({key, speech.say("label." + key), std::move(value)});
    };
    add("termination_stage", speech.say("stage.termination." + std::string(domain::name_of(request.stage))));
    add("termination_by", speech.say("who." + std::string(domain::name_of(request.initiator))));
    add("termination_reason", request.reason);
    for (NamedValue& value : named_values(domain::termination_fields(), request.form, codes, speech))
        values.push_back(std::move(value));
    add("termination_verified", request.verified);
    add("termination_forced", request.forced_reason);
    return values;
}

// A stage of the way and the places at which it is the current one; department review has one only where the
// campus has it.
struct At {
    const char* label;
    std::vector<State> states;
    bool shown = true;
};

std::vector<At> way_of(domain::Kind kind, const domain::Campus& campus) {
    const bool department = campus.department_review();
    std::vector<At> way;
    if (kind == domain::Kind::online)
        way = {{"stage.invited", {}}, {"stage.answer", {State::invited}}};
    else
        way = {{"stage.fill_in", {State::draft, State::returned}}};
    way.push_back({"stage.department_review", {State::department_review}, department});
    way.push_back({"stage.school_review", {State::school_review}});
    if (kind == domain::Kind::offline) {
        way.push_back({"stage.return_paper", {State::approved}});
        way.push_back({campus.parties() == 2 ? "stage.attest.two" : "stage.attest.three",
                       {State::return_department_review, State::return_school_review}});
    }
    way.push_back({"stage.done", {State::effective}});
    return way;
}

struct AtTermination {
    const char* label;
    std::vector<domain::TerminationStage> stages;
    bool shown = true;
};

std::vector<AtTermination> way_of_termination(const domain::Registration& record,
                                              const domain::Campus& campus) {
    using enum domain::TerminationStage;
    const bool department = campus.termination_department_review();
    return {{"stage.ask_termination", {returned}},
            {"stage.other_side", {asked}, record.kind == domain::Kind::online},
            {"stage.department_review", {department_review}, department},
            {"stage.school_review", {school_review, second_person}},
            {"stage.terminated", {done}}};
}

template <class Way, class IsAt>
std::vector<Stage> walked(const Way& way, IsAt is_at, bool done, const Speech& speech) {
    std::vector<Stage> stages;
    std::size_t current = 0;
    for (const auto& at : way) {
        if (is_at(at)) current = stages.size();
        if (at.shown) stages.push_back({speech.say(at.label), Stage::Progress::ahead});
    }
    for (std::size_t i = 0; i < stages.size(); ++i)
        stages[i].progress = i < current || done ? Stage::Progress::done
                             : i == current      ? Stage::Progress::current
                                                 : Stage::Progress::ahead;
    return stages;
}

std::optional<ShownLink> link_of(Home& home, const domain::Registration& record) {
    if (record.state != State::approved || !domain::is_open(record.link, home.clock().now()))
        return std::nullopt;
    const domain::Campus campus = home.campus();
    const auto history = home.store().log().history(record.id);
    return ShownLink{crypto::return_url(record, campus.school_code(), campus.verify_host()),
                     shown_time(record.link->expires), !history.empty() && history.back().verdict.empty()};
}

}  // namespace

std::vector<Stage> stages_of(const domain::Registration& record, const domain::Campus& campus,
                             const Speech& speech) {
    if (const auto stage = domain::open_stage(record))
        return walked(
            way_of_termination(record, campus),
            [&](const AtTermination& at) { return std::ranges::count(at.stages, *stage) > 0; }, false,
            speech);
    if (domain::is_final(record.state)) return {};
    return walked(
        way_of(record.kind, campus_for(record, campus)),
        [&](const At& at) { return std::ranges::count(at.states, record.state) > 0; },
        record.state == State::effective, speech);
}

std::string next_step_of(const domain::Registration& record, const Speech& speech) {
    std::vector<std::string> keys;
    if (const auto stage = domain::open_stage(record)) {
        const std::string key = "next.terminating." + std::string(domain::name_of(*stage));
        if (domain::awaited(record) == domain::Role::student) keys.push_back(key + ".other");
        keys.push_back(key);
    } else {
        const std::string key = "next." + std::string(domain::name_of(record.state));
        keys = {key + "." + std::string(domain::name_of(record.kind)), key};
    }
    for (const std::string& key : keys) {
        const std::string words = speech.say(key, {{"day", shown_time(record.expires)}});
        if (words != key) return words;
    }
    return {};
}

std::string comment_lead_of(const domain::Registration& record, const Speech& speech) {
    const bool answered = record.termination &&
                          record.termination->stage == domain::TerminationStage::disagreed &&
                          record.termination->initiator == domain::Role::student;
    return speech.say(answered || record.state == State::cancelled ? "comment.employer" : "comment.reviewer");
}

std::optional<std::string> warning_of(Home& home, std::string_view credit_code, const Speech& speech) {
    if (credit_code.empty()) return std::nullopt;
    const auto warning = home.store().warnings().shown(credit_code);
    if (!warning) return std::nullopt;
    std::string text;
    for (std::string_view code : split(warning->category, ',')) {
        const domain::Code* category = home.codes().table("warning_category").find(code);
        text += (text.empty() ? "" : "、") + (category ? speech.name(*category) : std::string(code));
    }
    if (!warning->reason.empty()) text += speech.say("warning.reason", {{"reason", warning->reason}});
    if (warning->schools >= store::kSchoolsForAll)
        text += speech.say("warning.schools", {{"schools", std::to_string(warning->schools)}});
    return text;
}

Refusal with_last_act(Home& home, const Uuid& record, Refusal refusal) {
    const auto history = home.store().log().history(record);
    if (refusal.code != "changed_meanwhile" || history.empty()) return refusal;
    const domain::Event& last = history.back().event;
    refusal.args.emplace_back("role", std::string(domain::name_of(last.actor.role)));
    refusal.args.emplace_back("action", last.body["action"].as_text());
    refusal.args.emplace_back("time", shown_time(last.when));
    return refusal;
}

RecordView view_of(Home& home, const domain::Registration& record, const Speech& speech) {
    const domain::Campus campus = campus_for(record, home.campus());
    RecordView view;
    view.record = record;
    view.title = title_of(record.form, home.codes(), speech);
    view.status = status_of(record, campus, speech);
    view.tone = tone_of(record.state);
    view.stages = stages_of(record, campus, speech);
    view.next_step = next_step_of(record, speech);
    view.comment_lead = comment_lead_of(record, speech);
    const auto history = home.store().log().history(record.id);
    const auto prints = prints_in(history, record);
    view.copies_printed = static_cast<int>(prints.size());
    view.agreement = agreement_values(record, campus, copies_of(prints, speech), speech);
    view.form = named_values(domain::fields_of(record.kind), record.form, home.codes(), speech);
    if (const auto graduate = home.store().graduates().find(record.exam_number))
        view.student = named_values(domain::graduate_fields(), graduate->base, home.codes(), speech);
    if (record.termination) view.termination = termination_values(*record.termination, home.codes(), speech);
    for (const domain::Attachment& file : domain::attachments_of(record))
        if (!file.kind.starts_with("page:"))
            view.files.push_back({file.kind, speech.material(file.kind), file.picture, file.media_type});
    if (domain::open_stage(record))  // its papers first: they are what is decided on
        std::ranges::rotate(view.files,
                            view.files.begin() + static_cast<std::ptrdiff_t>(record.attachments.size()));
    view.timeline = timeline_of(home, record, speech);
    for (const domain::Problem& warning : domain::agreement_warnings(record.form))
        view.warnings.push_back(speech(warning.why));
    if (const auto warning = warning_of(home, domain::value_of(record.form, "credit_code"), speech))
        view.warnings.push_back(speech.say("warned_employer", {{"reason", *warning}}));
    view.link = link_of(home, record);
    return view;
}

}  // namespace wq::desk
