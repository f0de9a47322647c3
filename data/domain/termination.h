// How an agreement is ended before its time: the small table of R21 (online: both sides and the school), R22
// (on paper: the student and the school) and R23 (forced). Pure, like lifecycle.h, which opens the door to
// it.
#pragma once

#include "data/domain/lifecycle.h"

#include <span>

namespace wq::domain {

// Which of the two sides an action is for; staff are told apart by their roles alone.
enum class Side {
    anyone,
    initiator,   // who asked
    other,       // the one who was asked
    of_student,  // anyone, where the student asked
};

struct TerminationStep {
    std::optional<TerminationStage> from;  // nothing: no request is open, whether or not there was one
    Action action;
    unsigned roles;  // bit 1 << Role
    unsigned kinds;  // bit 1 << Kind
    Side side;
    TerminationStage to;  // department_review: school_review where departments have no part in it
    bool needs_reason;
};
std::span<const TerminationStep> termination_steps();

// The state that a record has in this stage.
State state_in(TerminationStage stage);
// The stage of the request that is open, if one is.
std::optional<TerminationStage> open_stage(const Registration& record);

// Who has to act for an open request to go on.
std::optional<Role> awaited(const Termination& request);

// The step that fits, or nullptr. A request that was refused by the other side may still be forced.
const TerminationStep* find_step(const Registration& record, Action action, Role role);

// The request after `step`. Refusals: `reason_required`, `materials_missing` {kinds} (papers of a request on
// paper, talks of a forced one), `confirmation_required`, `second_person_required`.
Result<Termination> after_step(const Registration& before, const TerminationStep& step,
                               const Command& command, const Campus& campus);

}  // namespace wq::domain
