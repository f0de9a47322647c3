// The lifecycle: one table of who may do what in which state, and the one door through which a registration
// changes. Pure: everything it needs is passed in, so that kiosk, desk, platform and simulator decide
// alike. Refusals are stable codes; the table in data/README.md is generated from transitions().
#pragma once

#include "data/domain/campus.h"
#include "data/domain/graduate.h"
#include "data/domain/registration.h"

#include <optional>
#include <span>
#include <vector>

namespace wq::domain {

enum class Action {
    submit,
    discard,
    pass,
    send_back,
    reject,
    withdraw,
    return_paper,
    invite,  // the employer, R14
    accept,  // the student
    decline,
    cancel,           // the employer takes the invitation back
    expire,           // nobody answered in time
    remove,           // an approved destination, R26; named "delete"
    ask_termination,  // these in termination.h
    agree,
    disagree,
    revoke,
    force,
    confirm_force,
    share_link,  // for the employer to send the stamped paper back by (R20)
    revoke_link,
};
inline constexpr int kActions = static_cast<int>(Action::revoke_link) + 1;

std::string_view name_of(Action action);
std::optional<Action> action_named(std::string_view name);

// Where a transition leads. The first three depend on the campus or the kind.
enum class Target {
    review,         // department_review where the campus has it on, else school_review
    return_review,  // the same for returned paper
    passed,         // approved for offline signing, effective for the others
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
    Form form = {};                            // submit, invite, ask_termination
    std::string reason = {};                   // what Transition and TerminationStep say
    std::string number = {};                   // pass that issues paper, the first time
    std::optional<Paper> paper = {};           // pass that issues paper
    std::vector<ReturnedPage> pages = {};      // return_paper: all pages of the agreement
    std::vector<Attachment> attachments = {};  // submit, ask_termination, force
    bool confirmed = false;                    // force: somebody has looked twice
    std::vector<std::string> comment_on = {};  // what the reason points at, as Registration has it
};

// The world around the record, as this node knows it.
struct Context {
    const Campus* campus = nullptr;
    const Codes* codes = nullptr;
    const Graduate* graduate = nullptr;
    // Another record of the same student that bars this one, if any.
    const Registration* other = nullptr;
    // An invitation of the same employer that the student has not answered, if any.
    const Registration* invitation = nullptr;
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
// `destinations_closed`, `past_deadline` {day}, `already_engaged` {employer, kind, number, state},
// `already_invited`, `invitation_expired`, `invitation_not_expired`, `form_wrong` {count, field, code},
// `materials_missing` {kinds: alternatives parted by |, needs by comma}, `material_unknown` {kind},
// `reason_required`, `paper_missing`, `pages_missing` {pages}, `link_none`, and those of after_step
// (termination.h).
Result<Step> apply(const Registration& before, const Command& command, const Context& context);

// Why this graduate may not begin a registration of this kind now: the guards of a first `submit` and of
// `accept` but for the form. What was sent back may be submitted again although signing has closed since.
std::optional<Refusal> may_begin(Kind kind, const Context& context);

// `already_engaged` {employer, number, state}: what bars another agreement of the same student (R18).
Refusal engaged_with(const Registration& other);

// All that is wrong with a form of this kind; of an invitation too. Materials are not looked at.
std::vector<Problem> check_registration(Kind kind, const Form& form, const Codes& codes);
std::span<const Field> fields_of(Kind kind);

// Takes an act that was decided elsewhere. Refuses with `event_wrong` {reason} a body that does not fit.
Result<Registration> replay(const Registration& before, const cbor::Value& body, Instant when);

// The command that an event's body came from, for the platform to decide on again.
Result<Command> command_of(const cbor::Value& body, const Actor& actor);

// What a reviewer should look at twice, as codes (wording "flag.CODE"): `credit_code`, `changed`,
// `seal_missing`, `blurred`, `incomplete`, `code_by_hand`, `not_compared`, `forced`. Empty: clean (R57).
std::vector<std::string_view> flags_of(const Registration& record);

// Whether an approval of this kind issues a number and paper.
bool issues_paper(Kind kind);

// Whose turn it is: who has to act for the record to go on, or nobody. Of department and school the former,
// which the school may stand in for.
std::optional<Role> awaited(const Registration& record);
// What `role` has to give with an action now; nothing where it may not be done.
struct Asked {
    bool reason = false;
    std::string_view material = {};  // kind of file; empty: none
};
std::optional<Asked> asked_for(const Registration& record, Action action, Role role);
// The actions that `role` has now, in the table's order.
std::vector<Action> actions_for(const Registration& record, Role role);

}  // namespace wq::domain
