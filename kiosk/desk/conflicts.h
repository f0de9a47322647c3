// Acts that were decided on this machine and then lost to what the platform had first (R18): both versions to
// be looked at side by side, and settled by the school. Nothing that was typed or scanned is lost: a form
// can go back to the student as a draft, returned pages to the paper that waits for them.
#pragma once

#include "kiosk/desk/staff_desk.h"

#include <string>
#include <vector>

namespace wq::desk {

struct ConflictView {
    store::Conflict conflict;
    std::string student;             // name and exam number
    std::string what, who, when;     // the act that lost
    std::string why;                 // in words
    std::vector<NamedValue> ours;    // what was typed or scanned; empty where the act carried nothing
    std::string theirs_title;        // the registration that stands instead, or the same as it is now
    std::vector<NamedValue> theirs;  //
    bool can_give_back = false;
};

std::vector<ConflictView> conflicts_of(Home& home, const Speech& speech);

// `give_back`: a form becomes a draft of the student, returned pages join the paper again. Refusals:
// Feed::settle's.
Result<void> settle_conflict(Home& home, const StaffSession& session, const Uuid& event,
                             std::string_view reason, bool give_back);

}  // namespace wq::desk
