// What sync stands at, in words, for the staff desk and `sync status`: what waits, since when and why, what
// both sides hold, the clock, and the last closed day.
#pragma once

#include "kiosk/desk/home.h"
#include "kiosk/desk/wording.h"

#include <string>
#include <vector>

namespace wq::desk {

struct SyncState {
    store::OutboxCount outbox;
    std::int64_t feed = 0;      // the last row adopted
    std::int64_t pictures = 0;  // still to send
    std::string platform;       // its address; empty: not joined
    std::string last_success;   // time as shown; empty: never
    std::string last_fault;     // in words, with since when; empty: the last run went through
    std::string next_try;       // time as shown; empty: nobody said
    std::string agreement;  // "本机 1,234 条，平台 1,234 条，一致", or what differs; empty: never compared
    bool agrees = true;
    std::string clock;         // where it is off, by how much
    bool clock_wrong = false;  // so much that nothing is signed
    std::string recovery;      // of this node or of the platform, the last one; empty: none
    std::string balance;       // of the last closed day; empty: none closed
    bool balances = true;
    std::vector<store::Conflict> conflicts;
};

SyncState sync_state(Home& home, const Speech& speech);

// A balance in words.
std::string balance_in_words(const store::Balance& balance, const Speech& speech);

// 1234567 -> "1,234,567"
std::string grouped(std::int64_t number);

}  // namespace wq::desk
