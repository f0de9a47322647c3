#include "data/domain/lifecycle.h"

#include "data/base/utf8.h"

#include <algorithm>

namespace wq::domain {
namespace {

constexpr std::string_view kActions[] = {"submit", "discard",  "pass",        "send_back",
                                         "reject", "withdraw", "return_paper"};

constexpr unsigned bit(auto value) { return 1u << static_cast<unsigned>(value); }

constexpr unsigned kStudent = bit(Role::student), kDepartment = bit(Role::department),
                   kSchool = bit(Role::school);
constexpr unsigned kStaff = kDepartment | kSchool;
constexpr unsigned kOffline = bit(Kind::offline), kOnline = bit(Kind::online);
constexpr unsigned kFilled = kOffline | bit(Kind::supplement) | bit(Kind::destination);
constexpr unsigned kEvery = kFilled | kOnline;

using enum State;
using enum Action;

constexpr Transition to_state(State from, Action action, unsigned roles, unsigned kinds, State to,
                              bool needs_reason = false) {
    return {from, action, roles, kinds, Target::state, to, needs_reason};
}
constexpr Transition to_target(State from, Action action, unsigned roles, unsigned kinds, Target target) {
    return {from, action, roles, kinds, target, from, false};
}

// The school may do what a department may: switching department review off then strands nothing (R09).
// clang-format off
constexpr Transition kTransitions[] = {
    to_target(draft,                    submit,       kStudent,           kFilled,  Target::review),
    to_state (draft,                    discard,      kStudent,           kFilled,  discarded),
    to_target(returned,                 submit,       kStudent,           kFilled,  Target::review),
    to_state (returned,                 discard,      kStudent,           kFilled,  discarded),
    to_state (department_review,        pass,         kStaff,             kEvery,   school_review),
    to_state (department_review,        send_back,    kStaff,             kFilled,  returned, true),
    to_state (department_review,        reject,       kStaff,             kEvery,   void_,    true),
    to_state (department_review,        withdraw,     kSchool,            kFilled,  returned, true),
    to_target(school_review,            pass,         kSchool,            kEvery,   Target::passed),
    to_state (school_review,            send_back,    kSchool,            kFilled,  returned, true),
    to_state (school_review,            reject,       kSchool,            kEvery,   void_,    true),
    to_state (school_review,            withdraw,     kSchool,            kFilled,  returned, true),
    to_target(approved,                 return_paper, kStudent | kStaff,  kOffline, Target::return_review),
    to_state (approved,                 withdraw,     kSchool,            kOffline, returned, true),
    to_state (return_department_review, pass,         kStaff,             kOffline, return_school_review),
    to_state (return_department_review, send_back,    kStaff,             kOffline, approved, true),
    to_state (return_department_review, reject,       kStaff,             kOffline, void_,    true),
    to_state (return_department_review, withdraw,     kSchool,            kOffline, returned, true),
    to_state (return_school_review,     pass,         kSchool,            kOffline, effective),
    to_state (return_school_review,     send_back,    kSchool,            kOffline, approved, true),
    to_state (return_school_review,     reject,       kSchool,            kOffline, void_,    true),
    to_state (return_school_review,     withdraw,     kSchool,            kOffline, returned, true),
};
// clang-format on

const Transition* find_transition(const Registration& record, Action action, Role role) {
    const auto fits = [&](const Transition& t) {
        return t.from == record.state && t.action == action && (t.roles & bit(role)) &&
               (t.kinds & bit(record.kind));
    };
    const auto at = std::ranges::find_if(kTransitions, fits);
    return at == std::end(kTransitions) ? nullptr : &*at;
}

State target_of(const Transition& transition, const Registration& record, const Campus& campus) {
    switch (transition.target) {
        case Target::review:
            return campus.department_review() ? department_review : school_review;
        case Target::return_review:
            return campus.department_review() ? return_department_review : return_school_review;
        case Target::passed:
            return record.kind == Kind::offline ? approved : effective;
        case Target::state:
            return transition.to;
    }
    return transition.to;
}

bool in_scope(const Registration& record, const Actor& actor, const Graduate& graduate) {
    switch (actor.role) {
        case Role::student:
            return actor.account == record.exam_number;
        case Role::department:
            return actor.department == graduate["department"];
        case Role::school:
            return true;
        case Role::employer:
        case Role::province:
        case Role::ministry:
            return false;
    }
    return false;
}

std::optional<Refusal> check_person(const Context& world) {
    if (!may_sign(*world.graduate, *world.codes))
        return Refusal{"not_eligible", {{"mode", std::string((*world.graduate)["training_mode"])}}};
    if (!world.graduate->is_confirmed()) return Refusal{"not_confirmed"};
    return std::nullopt;
}

std::optional<Refusal> check_open(const Context& world) {
    if (!world.campus->signing_open()) return Refusal{"signing_closed"};
    if (day_in_china(world.now) > world.campus->closes_on())
        return Refusal{"past_deadline", {{"day", to_iso(world.campus->closes_on())}}};
    return std::nullopt;
}

std::optional<Refusal> check_engaged(const Context& world) {
    if (!world.other) return std::nullopt;
    return Refusal{"already_engaged",
                   {{"employer", std::string(value_of(world.other->form, "employer_name"))},
                    {"number", world.other->number},
                    {"state", std::string(name_of(world.other->state))}}};
}

// Closing strands nothing that is under way (R09): what was sent back may come again.
std::optional<Refusal> may_submit(const Registration& before, const Context& world) {
    if (before.state == draft) return may_begin(world);
    if (auto refusal = check_person(world)) return refusal;
    return check_engaged(world);
}

std::optional<Refusal> check_form_complete(const Form& form, const Codes& codes) {
    const auto problems = check_agreement(form, codes);
    if (problems.empty()) return std::nullopt;
    return Refusal{"form_wrong",
                   {{"count", std::to_string(problems.size())},
                    {"field", problems[0].field},
                    {"code", problems[0].why.code}}};
}

std::optional<Refusal> check_pages(const Registration& record, const std::vector<ReturnedPage>& pages) {
    std::string missing;
    for (int page = 1; record.paper && page <= record.paper->pages(); ++page)
        if (std::ranges::find(pages, page, &ReturnedPage::page) == pages.end())
            missing += (missing.empty() ? "" : ", ") + std::to_string(page);
    if (missing.empty() && record.paper) return std::nullopt;
    return Refusal{"pages_missing", {{"pages", missing}}};
}

// What an action asks for beside its place in the table.
std::optional<Refusal> check_content(const Registration& before, const Command& command, State to,
                                     const Context& world) {
    switch (command.action) {
        case submit:
            if (auto refusal = may_submit(before, world)) return refusal;
            return check_form_complete(command.form, *world.codes);
        case pass:
            // Of two submissions under review the first approved takes the student's one slot (R18).
            if (holds_slot(to) && !holds_slot(before.state) && world.other && holds_slot(world.other->state))
                return check_engaged(world);
            if (to != approved) return std::nullopt;
            if (!command.paper || command.paper->upper_codes.empty() || command.number.empty())
                return Refusal{"paper_missing"};
            return std::nullopt;
        case return_paper:
            return check_pages(before, command.pages);
        case discard:
        case send_back:
        case reject:
        case withdraw:
            return std::nullopt;
    }
    return std::nullopt;
}

cbor::Value body_of(const Registration& before, const Command& command, State to) {
    cbor::Value body;
    body.set("action", name_of(command.action)).set("to", name_of(to)).set("kind", name_of(before.kind));
    if (command.action == submit) body.set("form", to_cbor(command.form));
    if (!trimmed(command.reason).empty()) body.set("reason", trimmed(command.reason));
    if (to == approved && command.action == pass)
        body.set("number", command.number).set("paper", to_cbor(*command.paper));
    if (command.action == return_paper) {
        cbor::Array pages;
        for (const ReturnedPage& page : command.pages) pages.push_back(to_cbor(page));
        body.set("pages", std::move(pages));
    }
    return body;
}

}  // namespace

std::string_view name_of(Action action) { return kActions[static_cast<std::size_t>(action)]; }

std::optional<Action> action_named(std::string_view name) {
    const auto at = std::ranges::find(kActions, name);
    if (at == std::end(kActions)) return std::nullopt;
    return static_cast<Action>(at - std::begin(kActions));
}

std::span<const Transition> transitions() { return kTransitions; }

std::optional<Refusal> may_begin(const Context& world) {
    if (auto refusal = check_person(world)) return refusal;
    if (auto refusal = check_open(world)) return refusal;
    return check_engaged(world);
}

Result<Step> apply(const Registration& before, const Command& command, const Context& world) {
    const Transition* transition = find_transition(before, command.action, command.actor.role);
    if (!in_scope(before, command.actor, *world.graduate)) return refuse("out_of_scope");
    if (command.expected_revision && *command.expected_revision != before.revision)
        return refuse("changed_meanwhile", {{"revision", std::to_string(before.revision)}});
    if (!transition)
        return refuse("not_allowed", {{"state", std::string(name_of(before.state))},
                                      {"action", std::string(name_of(command.action))},
                                      {"role", std::string(name_of(command.actor.role))}});
    if (transition->needs_reason && trimmed(command.reason).empty()) return refuse("reason_required");
    const State to = target_of(*transition, before, *world.campus);
    if (auto refusal = check_content(before, command, to, world))
        return tl::make_unexpected(std::move(*refusal));
    cbor::Value body = body_of(before, command, to);
    return replay(before, body, world.now).map([&](Registration after) {
        return Step{std::move(after), std::move(body)};
    });
}

Result<Registration> replay(const Registration& before, const cbor::Value& body, Instant when) {
    const auto action = action_named(body["action"].as_text());
    const auto to = state_named(body["to"].as_text());
    const auto kind = kind_named(body["kind"].as_text());
    if (!action || !to || !kind) return refuse("event_wrong", {{"reason", "action, to or kind unknown"}});
    if (is_final(before.state)) return refuse("event_wrong", {{"reason", "the record is final"}});
    Registration after = before;
    after.kind = *kind;
    after.state = *to;
    ++after.revision;
    after.comment = body["reason"].as_text();
    if (body.has("form")) after.form = form_from_cbor(body["form"]);
    if (body.has("number")) after.number = body["number"].as_text();
    if (body.has("paper")) after.paper = paper_from_cbor(body["paper"]);
    // A withdrawn or sent-back agreement's paper and pages are history, no longer the record's.
    if (*to == returned) after.paper.reset();
    if (*to == returned || *to == approved) after.pages.clear();
    for (const cbor::Value& page : body["pages"].as_array())
        after.pages.push_back(returned_page_from_cbor(page));
    if (before.revision == 0) after.created = when;
    after.changed = when;
    return after;
}

Result<Command> command_of(const cbor::Value& body, const Actor& actor) {
    const auto action = action_named(body["action"].as_text());
    if (!action) return refuse("event_wrong", {{"reason", "action unknown"}});
    Command command;
    command.action = *action;
    command.actor = actor;
    command.form = form_from_cbor(body["form"]);
    command.reason = body["reason"].as_text();
    command.number = body["number"].as_text();
    if (body.has("paper")) command.paper = paper_from_cbor(body["paper"]);
    for (const cbor::Value& page : body["pages"].as_array())
        command.pages.push_back(returned_page_from_cbor(page));
    return command;
}

bool awaits(State state, Role role) {
    return std::ranges::any_of(kTransitions, [&](const Transition& t) {
        return t.from == state && (t.roles & bit(role)) && t.action != withdraw && t.action != discard;
    });
}

std::vector<Action> actions_for(const Registration& record, Role role) {
    std::vector<Action> actions;
    for (const Transition& t : kTransitions)
        if (find_transition(record, t.action, role) == &t) actions.push_back(t.action);
    return actions;
}

}  // namespace wq::domain
