#include "data/domain/termination.h"

#include "data/base/utf8.h"

#include <algorithm>

namespace wq::domain {
namespace {

using enum Action;
using Stage = TerminationStage;

constexpr unsigned bit(auto value) { return 1u << static_cast<unsigned>(value); }

constexpr unsigned kStudent = bit(Role::student), kEmployer = bit(Role::employer),
                   kSchool = bit(Role::school), kStaff = bit(Role::department) | kSchool;
constexpr unsigned kOnline = bit(Kind::online), kOnPaper = bit(Kind::offline) | bit(Kind::supplement);
constexpr unsigned kAgreements = kOnline | kOnPaper;

// The school may do what a department may, so that switching departments off strands nothing (R09).
// clang-format off
constexpr TerminationStep kSteps[] = {
    {std::nullopt,             ask_termination, kStudent | kEmployer, kOnline,     Side::anyone,     Stage::asked,             true},
    {std::nullopt,             ask_termination, kStudent,             kOnPaper,    Side::anyone,     Stage::department_review, true},
    {Stage::asked,             agree,           kStudent | kEmployer, kOnline,     Side::other,      Stage::department_review, false},
    {Stage::asked,             disagree,        kStudent | kEmployer, kOnline,     Side::other,      Stage::disagreed,         true},
    {Stage::asked,             revoke,          kStudent | kEmployer, kOnline,     Side::initiator,  Stage::revoked,           false},
    {Stage::asked,             force,           kSchool,              kOnline,     Side::of_student, Stage::done,              true},
    {Stage::disagreed,         force,           kSchool,              kOnline,     Side::of_student, Stage::done,              true},
    {Stage::department_review, pass,            kStaff,               kAgreements, Side::anyone,     Stage::school_review,     false},
    {Stage::department_review, send_back,       kStaff,               kOnPaper,    Side::anyone,     Stage::returned,          true},
    {Stage::department_review, reject,          kStaff,               kAgreements, Side::anyone,     Stage::rejected,          true},
    {Stage::department_review, revoke,          kStudent,             kOnPaper,    Side::initiator,  Stage::revoked,           false},
    {Stage::department_review, force,           kSchool,              kOnPaper,    Side::of_student, Stage::done,              true},
    {Stage::school_review,     pass,            kSchool,              kOnline,     Side::anyone,     Stage::done,              false},
    {Stage::school_review,     pass,            kSchool,              kOnPaper,    Side::anyone,     Stage::done,              true},
    {Stage::school_review,     send_back,       kSchool,              kOnPaper,    Side::anyone,     Stage::returned,          true},
    {Stage::school_review,     reject,          kSchool,              kAgreements, Side::anyone,     Stage::rejected,          true},
    {Stage::school_review,     revoke,          kStudent,             kOnPaper,    Side::initiator,  Stage::revoked,           false},
    {Stage::school_review,     force,           kSchool,              kOnPaper,    Side::of_student, Stage::done,              true},
    {Stage::returned,          ask_termination, kStudent,             kOnPaper,    Side::initiator,  Stage::department_review, true},
    {Stage::returned,          revoke,          kStudent,             kOnPaper,    Side::initiator,  Stage::revoked,           false},
    {Stage::second_person,     confirm_force,   kSchool,              kAgreements, Side::anyone,     Stage::done,              false},
    {Stage::second_person,     reject,          kSchool,              kAgreements, Side::anyone,     Stage::rejected,          true},
};
// clang-format on

bool is_side(const Registration& record, Side side, Role role) {
    if (side == Side::anyone) return true;
    if (!record.termination) return false;
    const Role initiator = record.termination->initiator;
    if (side == Side::of_student) return initiator == Role::student;
    return (side == Side::initiator) == (role == initiator);
}

bool has(const std::vector<Attachment>& attachments, std::string_view kind) {
    return std::ranges::find(attachments, kind, &Attachment::kind) != attachments.end();
}

Refusal missing(std::string_view kind) { return {"materials_missing", {{"kinds", std::string(kind)}}}; }

Result<Termination> asked(const Registration& before, const TerminationStep& step, const Command& command) {
    const bool on_paper = before.kind != Kind::online;
    if (on_paper && !has(command.attachments, "termination_paper"))
        return tl::make_unexpected(missing("termination_paper"));
    Termination request;
    request.initiator = command.actor.role;
    request.stage = step.to;
    request.reason = trimmed(command.reason);
    request.papers = command.attachments;
    request.form = command.form;
    return request;
}

// R23: written reason, the talks with the employer on file, a second look and, where the school wants it, a
// second person.
Result<Termination> forced(const Registration& before, const Command& command, const Campus& campus) {
    if (!has(command.attachments, "talks")) return tl::make_unexpected(missing("talks"));
    if (!command.confirmed) return refuse("confirmation_required");
    Termination request = *before.termination;
    request.stage = campus.force_second_person() ? Stage::second_person : Stage::done;
    request.forced_by = command.actor.account;
    request.forced_reason = trimmed(command.reason);
    request.talks = command.attachments;
    return request;
}

}  // namespace

std::span<const TerminationStep> termination_steps() { return kSteps; }

State state_in(Stage stage) {
    switch (stage) {
        case Stage::asked:
        case Stage::department_review:
        case Stage::school_review:
        case Stage::returned:
        case Stage::second_person:
            return State::terminating;
        case Stage::disagreed:
        case Stage::rejected:
        case Stage::revoked:
            return State::effective;
        case Stage::done:
            return State::terminated;
    }
    return State::terminating;
}

std::optional<Stage> open_stage(const Registration& record) {
    if (record.state != State::terminating || !record.termination) return std::nullopt;
    return record.termination->stage;
}

std::optional<Role> awaited(const Termination& request) {
    switch (request.stage) {
        case Stage::asked:
            return request.initiator == Role::student ? Role::employer : Role::student;
        case Stage::department_review:
            return Role::department;
        case Stage::school_review:
        case Stage::second_person:
            return Role::school;
        case Stage::returned:
            return Role::student;
        case Stage::disagreed:
        case Stage::rejected:
        case Stage::revoked:
        case Stage::done:
            return std::nullopt;
    }
    return std::nullopt;
}

const TerminationStep* find_step(const Registration& record, Action action, Role role) {
    if (record.state != State::effective && record.state != State::terminating) return nullptr;
    const auto open = open_stage(record);
    const bool disagreed = record.state == State::effective && record.termination &&
                           record.termination->stage == Stage::disagreed;
    const auto at = std::ranges::find_if(kSteps, [&](const TerminationStep& step) {
        return (step.from == open || (disagreed && step.from == Stage::disagreed)) && step.action == action &&
               (step.roles & bit(role)) && (step.kinds & bit(record.kind)) &&
               is_side(record, step.side, role);
    });
    return at == std::end(kSteps) ? nullptr : &*at;
}

Result<Termination> after_step(const Registration& before, const TerminationStep& step,
                               const Command& command, const Campus& campus) {
    if (step.needs_reason && trimmed(command.reason).empty()) return refuse("reason_required");
    const bool opens = command.action == ask_termination;
    auto after = opens                     ? asked(before, step, command)
                 : command.action == force ? forced(before, command, campus)
                                           : Result<Termination>(*before.termination);
    if (!after || command.action == force) return after;
    if (command.action == confirm_force && after->forced_by == command.actor.account)
        return refuse("second_person_required");
    if (command.action == pass && step.needs_reason) after->verified = trimmed(command.reason);
    after->stage = step.to == Stage::department_review && !campus.termination_department_review()
                       ? Stage::school_review
                       : step.to;
    return after;
}

}  // namespace wq::domain
