#include "data/domain/lifecycle.h"

#include "data/base/utf8.h"
#include "data/domain/guards.h"
#include "data/domain/termination.h"

#include <algorithm>

namespace wq::domain {
namespace {

constexpr std::string_view kActionNames[kActions] = {
    "submit", "discard",  "pass",    "send_back", "reject",        "withdraw",   "return_paper",
    "invite", "accept",   "decline", "cancel",    "expire",        "delete",     "ask_termination",
    "agree",  "disagree", "revoke",  "force",     "confirm_force", "share_link", "revoke_link"};

constexpr unsigned bit(auto value) { return 1u << static_cast<unsigned>(value); }

constexpr unsigned kStudent = bit(Role::student), kEmployer = bit(Role::employer),
                   kDepartment = bit(Role::department), kSchool = bit(Role::school),
                   kPlatform = bit(Role::ministry);
constexpr unsigned kStaff = kDepartment | kSchool;
constexpr unsigned kOffline = bit(Kind::offline), kOnline = bit(Kind::online);
constexpr unsigned kDestination = bit(Kind::destination);
constexpr unsigned kFilled = kOffline | bit(Kind::supplement) | kDestination;
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
    to_state (draft,                    invite,       kEmployer,          kOnline,  invited),
    to_target(invited,                  accept,       kStudent,           kOnline,  Target::review),
    to_state (invited,                  decline,      kStudent,           kOnline,  declined, true),
    to_state (invited,                  cancel,       kEmployer,          kOnline,  cancelled),
    to_state (invited,                  expire,       kPlatform,          kOnline,  expired),
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
    to_target(approved,                 return_paper, kStudent | kEmployer | kStaff, kOffline, Target::return_review),
    to_state (approved,                 share_link,   kStudent | kStaff,  kOffline, approved),
    to_state (approved,                 revoke_link,  kStudent | kStaff,  kOffline, approved),
    to_state (approved,                 withdraw,     kSchool,            kOffline, returned, true),
    to_state (return_department_review, pass,         kStaff,             kOffline, return_school_review),
    to_state (return_department_review, send_back,    kStaff,             kOffline, approved, true),
    to_state (return_department_review, reject,       kStaff,             kOffline, void_,    true),
    to_state (return_department_review, withdraw,     kSchool,            kOffline, returned, true),
    to_state (return_school_review,     pass,         kSchool,            kOffline, effective),
    to_state (return_school_review,     send_back,    kSchool,            kOffline, approved, true),
    to_state (return_school_review,     reject,       kSchool,            kOffline, void_,    true),
    to_state (return_school_review,     withdraw,     kSchool,            kOffline, returned, true),
    to_state (effective,                remove,       kStudent,           kDestination, deleted),
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

// Words to the student; of what the student says itself the history and the request tell.
bool is_comment(Action action) {
    constexpr Action kOfStudent[] = {submit, accept,          decline, discard,
                                     remove, ask_termination, agree,   revoke};
    return std::ranges::find(kOfStudent, action) == std::end(kOfStudent);
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

cbor::Value body_of(const Registration& before, const Command& command, State to) {
    cbor::Value body;
    body.set("action", name_of(command.action)).set("to", name_of(to)).set("kind", name_of(before.kind));
    if (!trimmed(command.reason).empty()) body.set("reason", trimmed(command.reason));
    if (!command.comment_on.empty())
        body.set("comment_on", cbor::Array(command.comment_on.begin(), command.comment_on.end()));
    return body;
}

bool is_about_link(Action action) { return action == share_link || action == revoke_link; }

// Each link is a new one, so that the last one sent is the only one that opens.
ReturnLink link_after(const Registration& before, Action action, const Context& world) {
    const std::int64_t serial = before.link ? before.link->serial : 0;
    if (action == revoke_link) return {serial, {}};
    return {serial + 1, {world.now.ms + world.campus->link_days() * kDay}};
}

// What a row of the lifecycle's table adds.
void add_content(cbor::Value& body, const Registration& before, const Command& command,
                 const Context& world) {
    const bool fills_in = command.action == submit || command.action == invite;
    if (fills_in) body.set("form", to_cbor(command.form));
    if (command.action == submit && !command.attachments.empty())
        body.set("attachments", to_cbor(command.attachments));
    if (command.action == invite) body.set("expires", world.now.ms + world.campus->invitation_days() * kDay);
    if (command.action == pass && before.state == school_review && issues_paper(before.kind))
        body.set("number", command.number).set("paper", to_cbor(*command.paper));
    if (is_about_link(command.action)) body.set("link", to_cbor(link_after(before, command.action, world)));
    if (command.action != return_paper) return;
    cbor::Array pages;
    for (const ReturnedPage& page : command.pages) pages.push_back(to_cbor(page));
    body.set("pages", std::move(pages));
}

Result<cbor::Value> decide(const Registration& before, const Transition& transition, const Command& command,
                           const Context& world) {
    if (transition.needs_reason && trimmed(command.reason).empty()) return refuse("reason_required");
    const State to = target_of(transition, before, *world.campus);
    if (auto refusal = check_content(before, command, to, world))
        return tl::make_unexpected(std::move(*refusal));
    cbor::Value body = body_of(before, command, to);
    add_content(body, before, command, world);
    return body;
}

Result<cbor::Value> decide(const Registration& before, const TerminationStep& step, const Command& command,
                           const Context& world) {
    if (command.action == ask_termination)
        if (auto refusal = check_application(command.form, *world.codes))
            return tl::make_unexpected(std::move(*refusal));
    const auto after = after_step(before, step, command, *world.campus);
    if (!after) return tl::make_unexpected(after.error());
    cbor::Value body = body_of(before, command, state_in(after->stage));
    body.set("termination", to_cbor(*after));
    if (command.action == force) body.set("confirmed", true);
    return body;
}

}  // namespace

std::string_view name_of(Action action) { return kActionNames[static_cast<std::size_t>(action)]; }

std::optional<Action> action_named(std::string_view name) {
    const auto at = std::ranges::find(kActionNames, name);
    if (at == std::end(kActionNames)) return std::nullopt;
    return static_cast<Action>(at - std::begin(kActionNames));
}

std::span<const Transition> transitions() { return kTransitions; }

Result<Step> apply(const Registration& before, const Command& command, const Context& world) {
    if (!in_scope(before, command, *world.graduate)) return refuse("out_of_scope");
    if (command.expected_revision && *command.expected_revision != before.revision)
        return refuse("changed_meanwhile", {{"revision", std::to_string(before.revision)}});
    const Transition* transition = find_transition(before, command.action, command.actor.role);
    const TerminationStep* step =
        transition ? nullptr : find_step(before, command.action, command.actor.role);
    if (!transition && !step)
        return refuse("not_allowed", {{"state", std::string(name_of(before.state))},
                                      {"action", std::string(name_of(command.action))},
                                      {"role", std::string(name_of(command.actor.role))}});
    auto body =
        transition ? decide(before, *transition, command, world) : decide(before, *step, command, world);
    if (!body) return tl::make_unexpected(body.error());
    return replay(before, *body, world.now).map([&](Registration after) {
        return Step{std::move(after), std::move(*body)};
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
    // A link changes nothing that was said.
    if (!is_about_link(*action)) {
        after.comment = is_comment(*action) ? body["reason"].as_text() : std::string();
        after.comment_on.clear();
    }
    for (const cbor::Value& point : body["comment_on"].as_array())
        after.comment_on.push_back(point.as_text());
    if (body.has("form")) after.form = form_from_cbor(body["form"]);
    if (body.has("number")) after.number = body["number"].as_text();
    if (body.has("paper")) after.paper = paper_from_cbor(body["paper"]);
    if (body.has("form")) after.attachments = attachments_from_cbor(body["attachments"]);
    if (body.has("termination")) after.termination = termination_from_cbor(body["termination"]);
    if (body.has("link")) after.link = return_link_from_cbor(body["link"]);
    if (body.has("expires")) after.expires = {body["expires"].as_int()};
    // A withdrawn or sent-back agreement's paper and pages are history, no longer the record's.
    if (*to == returned) after.paper.reset(), after.link.reset();
    if (*to == returned || *to == approved) after.pages.clear();
    for (const cbor::Value& page : body["pages"].as_array())
        after.pages.push_back(returned_page_from_cbor(page));
    if (before.revision == 0) after.created = when;
    if (*to == effective && before.state != terminating) after.effective = when;
    after.changed = when;
    return after;
}

Result<Command> command_of(const cbor::Value& body, const Actor& actor) {
    const auto action = action_named(body["action"].as_text());
    if (!action) return refuse("event_wrong", {{"reason", "action unknown"}});
    Command command;
    command.action = *action;
    command.actor = actor;
    command.form = form_from_cbor(*action == ask_termination ? body["termination"]["form"] : body["form"]);
    command.reason = body["reason"].as_text();
    command.number = body["number"].as_text();
    if (body.has("paper")) command.paper = paper_from_cbor(body["paper"]);
    for (const cbor::Value& page : body["pages"].as_array())
        command.pages.push_back(returned_page_from_cbor(page));
    command.confirmed = body["confirmed"].as_bool();
    for (const cbor::Value& point : body["comment_on"].as_array())
        command.comment_on.push_back(point.as_text());
    const cbor::Value& termination = body["termination"];
    command.attachments = attachments_from_cbor(*action == ask_termination ? termination["papers"]
                                                : *action == force         ? termination["talks"]
                                                                           : body["attachments"]);
    return command;
}

std::optional<Role> awaited(const Registration& record) {
    switch (record.state) {
        case invited:
        case returned:
        case approved:
            return Role::student;
        case department_review:
        case return_department_review:
            return Role::department;
        case school_review:
        case return_school_review:
            return Role::school;
        case terminating:
            return record.termination ? awaited(*record.termination) : std::nullopt;
        case draft:
        case effective:
        case void_:
        case declined:
        case expired:
        case cancelled:
        case discarded:
        case deleted:
        case terminated:
            return std::nullopt;
    }
    return std::nullopt;
}

std::vector<std::string_view> flags_of(const Registration& record) {
    constexpr std::pair<std::string_view, std::string_view> kChecks[] = {{"same", "changed"},
                                                                         {"seal", "seal_missing"},
                                                                         {"sharp", "blurred"},
                                                                         {"complete", "incomplete"},
                                                                         {"code", "code_by_hand"}};
    std::vector<std::string_view> flags;
    if (!agreement_warnings(record.form).empty()) flags.push_back("credit_code");
    for (const auto& [check, flag] : kChecks)
        if (std::ranges::any_of(record.pages, [&, check = check](const ReturnedPage& page) {
                return value_of(page.checks, check) == "no";
            }))
            flags.push_back(flag);
    if (std::ranges::any_of(
            record.pages, [](const ReturnedPage& page) { return value_of(page.checks, "same") == "unsure"; }))
        flags.push_back("not_compared");
    if (record.termination && record.termination->is_forced()) flags.push_back("forced");
    return flags;
}

std::optional<Asked> asked_for(const Registration& record, Action action, Role role) {
    if (const Transition* transition = find_transition(record, action, role))
        return Asked{transition->needs_reason};
    const TerminationStep* step = find_step(record, action, role);
    if (!step) return std::nullopt;
    const bool on_paper = record.kind != Kind::online;
    return Asked{step->needs_reason, action == force                         ? "talks"
                                     : action == ask_termination && on_paper ? "termination_paper"
                                                                             : ""};
}

std::vector<Action> actions_for(const Registration& record, Role role) {
    std::vector<Action> actions;
    for (const Transition& t : kTransitions)
        if (find_transition(record, t.action, role) == &t) actions.push_back(t.action);
    for (const TerminationStep& step : termination_steps())
        if (find_step(record, step.action, role) == &step) actions.push_back(step.action);
    return actions;
}

}  // namespace wq::domain
