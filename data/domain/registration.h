// A registration: one student's agreement or destination, its state, its paper and its pages. Values only;
// what may happen to it is in lifecycle.h.
#pragma once

#include "data/base/cbor.h"
#include "data/base/ids.h"
#include "data/domain/form.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wq::domain {

enum class Kind { online, offline, supplement, destination };

enum class State {
    draft,
    invited,
    department_review,
    school_review,
    returned,
    approved,
    return_department_review,
    return_school_review,
    effective,
    terminating,
    void_,
    declined,
    expired,
    cancelled,
    discarded,
    deleted,
    terminated,
};

enum class Role { student, employer, department, school, province, ministry };

// Where a request to end an agreement stands (R21–R23); its table is in termination.h. The record's state
// follows: terminating while it is open, terminated when it is done, else effective.
enum class TerminationStage {
    asked,              // waits for the other side
    department_review,  // like the record's own reviews
    school_review,
    returned,       // sent back to the student
    second_person,  // forced; a second person of the school has to confirm
    disagreed,      // by the other side
    rejected,       // by department or school
    revoked,        // by who asked
    done,
};

// Names as in SQL, JSON, the wire and the command line; parsing gives nothing for an unknown name.
std::string_view name_of(Kind kind);
std::string_view name_of(State state);
std::string_view name_of(Role role);
std::string_view name_of(TerminationStage stage);
std::optional<Kind> kind_named(std::string_view name);
std::optional<State> state_named(std::string_view name);
std::optional<Role> role_named(std::string_view name);
std::optional<TerminationStage> termination_stage_named(std::string_view name);

bool is_final(State state);
// Under way or effective: it bars another agreement (R18).
bool is_live(State state);
// From the first approval on it holds the student's one slot.
bool holds_slot(State state);

// Who acts: a student by exam number, staff by account name. `department` limits a department's staff.
struct Actor {
    Role role = Role::student;
    std::string account;
    std::string department = {};

    bool operator==(const Actor&) const = default;
};

// Whose graduates somebody sees: a department's by its name, or (nothing) the whole school's. A department
// without a name is nobody's.
using Scope = std::optional<std::string>;
Scope scope_of(const Actor& actor);  // of staff; others see nobody's

using Hash = std::array<std::uint8_t, 32>;  // SM3

// What was issued at an approval: everything that stands on the paper, so that the same paper can be
// printed for ever, and its signed codes. The digest is HMAC-SM3 under the secret salt over content.
struct Paper {
    std::int64_t revision = 0;  // grows with each approval; earlier paper is superseded
    std::string template_version;
    Form content;
    Bytes salt;
    Hash digest{};
    std::vector<std::string> upper_codes;  // one for each page
    std::vector<std::string> lower_codes;

    int pages() const { return static_cast<int>(upper_codes.size()); }
    bool operator==(const Paper&) const = default;
};

// A returned page: where its picture is (by content) and what was measured on it (R38–R40), as text.
struct ReturnedPage {
    int page = 0;
    Hash picture{};
    std::int64_t size = 0;  // bytes
    std::string media_type;
    Form checks;

    bool operator==(const ReturnedPage&) const = default;
};

// A picture or file that belongs to a record by its kind (destinations.h, "agreement_page",
// "termination_paper", "talks"); the bytes are kept by content.
struct Attachment {
    std::string kind;
    Hash picture{};
    std::int64_t size = 0;  // bytes
    std::string media_type;

    bool operator==(const Attachment&) const = default;
};

// What the employer may send stamped pages back by (R20); the text of it is data/crypto/return_link.h's.
struct ReturnLink {
    std::int64_t serial = 0;  // grows with each link; only the last one opens
    Instant expires;          // zero: taken back

    bool operator==(const ReturnLink&) const = default;
};

struct Termination {
    Role initiator = Role::student;
    TerminationStage stage = TerminationStage::asked;
    std::string reason;              // of who asked
    std::vector<Attachment> papers;  // of who asked
    std::string verified;            // how the school made sure with the employer
    std::string forced_by;           // account of who tried; marked for ever
    std::string forced_reason;
    Form form;                      // termination_fields(), of who asked
    std::vector<Attachment> talks;  // record of the talks with the employer

    // Whether it ended the agreement or will with a second person's word; not where that person said no.
    bool is_forced() const {
        return !forced_by.empty() &&
               (stage == TerminationStage::done || stage == TerminationStage::second_person);
    }
    bool operator==(const Termination&) const = default;
};

struct Registration {
    Uuid id;
    Kind kind = Kind::offline;
    std::string exam_number;
    State state = State::draft;
    std::int64_t revision = 0;  // grows with each act
    Role initiator = Role::student;
    Form form;
    std::string number;  // from the first approval on
    std::optional<Paper> paper;
    std::optional<ReturnLink> link;  // the last one, for this paper
    std::vector<ReturnedPage> pages;
    std::vector<Attachment> attachments;     // supplements and destinations
    std::optional<Termination> termination;  // the last request, however it ended
    std::string comment;                     // of a reviewer, or the other side; empty after the next act
    std::vector<std::string> comment_on;     // what it points at (R52): field keys, material kinds, "page:2"
    Instant created, changed;
    Instant expires;    // of an invitation
    Instant effective;  // since when it is or was in force

    bool operator==(const Registration&) const = default;
};

bool is_open(const std::optional<ReturnLink>& link, Instant now);

// What a form is known by: the employer, or the school or venture of a destination; empty where it has none.
std::string_view title_of(const Form& form);

// All pictures and files that belong to the record now: pages as "page:1", materials, termination papers.
std::vector<Attachment> attachments_of(const Registration& record);

cbor::Value to_cbor(const Paper& paper);
Paper paper_from_cbor(const cbor::Value& value);
cbor::Value to_cbor(const ReturnedPage& page);
ReturnedPage returned_page_from_cbor(const cbor::Value& value);
cbor::Value to_cbor(const ReturnLink& link);
// Nothing for what is none.
std::optional<ReturnLink> return_link_from_cbor(const cbor::Value& value);
cbor::Value to_cbor(const std::vector<Attachment>& attachments);
std::vector<Attachment> attachments_from_cbor(const cbor::Value& value);
cbor::Value to_cbor(const Termination& termination);
// Nothing for what is none.
std::optional<Termination> termination_from_cbor(const cbor::Value& value);
cbor::Value to_cbor(const Registration& record);
std::optional<Registration> registration_from_cbor(const cbor::Value& value);

// Of a student's other records the one that bars another (R18, R27): what holds the slot before what is only
// under way. Invitations don't. Nothing where none does.
const Registration* barring(const std::vector<Registration>& others);

// Bytes of a hash in a message; all zero where there are not exactly 32.
Hash hash_from(ByteView bytes);

}  // namespace wq::domain
