// The lifecycle: one table of who may do what in which state, and the one door through which a registration
// changes. Pure: everything it needs is passed in, so that kiosk, desk, platform and simulator decide
// alike. Refusals are stable codes; the table in data/README.md is generated from transitions().
#pragma once

#include "data/domain/campus.h"
#include "data/domain/graduate.h"
#include "data/domain/registration.h"

#include <optional>
#include <span>

namespace wq::domain {

enum class Action { submit, discard, pass, send_back, reject, withdraw, return_paper };

std::string_view name_of(Action action);
std::optional<Action> action_named(std::string_view name);

// Where a transition leads. The first three depend on the campus or the kind.
enum class Target {
    review,         // department_review where the campus has it on, else school_review
    return_review,  // the same for returned paper
    passed,         // approved for offline agreements, effective for the others
    state,          // Transition::to
};

struct Transition {
    State from;
    Action action;
    unsigned roles;  // bit 1 << Role
    unsigned kinds;  // bit 1 << Kind
    Target target;
    State to;
    bool needs_reason;
};
std::span<const Transition> transitions();

// What somebody wants to do. `expected_revision` is what they saw; a record that has moved on since is
// refused with `changed_meanwhile` and nothing is lost.
struct Command {
    Action action = Action::submit;
    Actor actor;
    std::optional<std::int64_t> expected_revision = {};
    Form form = {};                        // submit
    std::string reason = {};               // send_back, reject, withdraw
    std::string number = {};               // pass to approved, the first time
    std::optional<Paper> paper = {};       // pass to approved
    std::vector<ReturnedPage> pages = {};  // return_paper: all pages of the agreement
};

// The world around the record, as this node knows it.
struct Context {
    const Campus* campus = nullptr;
    const Codes* codes = nullptr;
    const Graduate* graduate = nullptr;
    // Another record of the same student that bars this one, if any.
    const Registration* other = nullptr;
    Instant now;
};

// One act, ready to be written: the record after it, and the event's body from which anybody who has the
// record before it comes to the same record.
struct Step {
    Registration after;
    cbor::Value body;
};

// Decides on `before` (a new record: state draft, revision 0). Refusals: `not_allowed` {state, action, role},
// `out_of_scope`, `changed_meanwhile` {revision}, `not_eligible` {mode}, `not_confirmed`, `signing_closed`,
// `past_deadline` {day}, `already_engaged` {employer, number, state}, `form_wrong` {count, field, code},
// `reason_required`, `paper_missing`, `pages_missing` {pages}.
Result<Step> apply(const Registration& before, const Command& command, const Context& context);

// Why this graduate may not begin an agreement now: the guards of a first `submit` but for the form. What was
// sent back may be submitted again although signing has closed since.
std::optional<Refusal> may_begin(const Context& context);

// Takes an act that was decided elsewhere. Refuses with `event_wrong` {reason} a body that does not fit.
Result<Registration> replay(const Registration& before, const cbor::Value& body, Instant when);

// The command that an event's body came from, for the platform to decide on again.
Result<Command> command_of(const cbor::Value& body, const Actor& actor);

// Whose turn it is: the roles that have an action other than withdraw or discard in this state.
bool awaits(State state, Role role);
// The actions that `role` has now, in the table's order.
std::vector<Action> actions_for(const Registration& record, Role role);

}  // namespace wq::domain
