// Accepting clean returns and forms together (R57): what is flagged is never among them, and of the clean
// ones a random twentieth is pulled out to be looked at one by one. Preparing changes nothing.
#pragma once

#include "kiosk/desk/staff_desk.h"

#include <cstdint>
#include <string>
#include <vector>

namespace wq::desk {

struct BatchItem {
    Uuid id;
    std::int64_t revision = 0;  // that was looked at
    std::string title;          // student and employer
};

struct Batch {
    std::vector<BatchItem> clean;  // may be passed together
    std::size_t pulled = 0;        // clean, but for a look
    std::size_t flagged = 0;
};

// Of what waits for this person; at most `limit` at a time. Terminations are always for a look.
Batch prepare_batch(Home& home, StaffDesk& desk, const StaffSession& session, std::size_t limit = 500);

struct BatchDone {
    std::size_t passed = 0;
    std::vector<std::pair<BatchItem, Refusal>> refused;  // for example changed meanwhile
};
BatchDone pass_batch(StaffDesk& desk, const StaffSession& session, const std::vector<BatchItem>& items);

}  // namespace wq::desk
