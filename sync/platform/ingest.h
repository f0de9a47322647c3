// Taking pushes of one school: each is proven to follow its node's chain, each event judged and given its
// place in the feed, and the verdicts stored. Sending again gives the same answer; one bad event never stops
// the rest, nor one push the others. Private to sync/platform.
#pragma once

#include "sync/platform/ledger.h"

#include <vector>

namespace wq::platform {

struct Arrival {
    std::int64_t number = 0;
    Bytes bytes;
    domain::Hash hash{};
    Result<domain::Event> event;
};

// A push that was read. `sender` has been proven.
struct ArrivedPush {
    protocol::Sender sender;
    std::int64_t epoch = 1, base = 1;
    domain::Hash previous{};
    std::vector<Arrival> events;
};

// Reads a push, without the database. Refusals: `epoch_wrong` where it speaks for another device, and
// `chain_broken` {number}.
Result<ArrivedPush> arrived(const protocol::Sender& sender, const protocol::Push& push);

struct Taken {
    protocol::PushAnswer answer;  // lacks its receipt
    bool warned = false;          // an event of it marks an employer or lifts a mark
};

// In this order, on the school's ledger. Refusals of a whole push, nothing of it taken: `device_unknown`,
// `device_quarantined` {reason}, `epoch_wrong` {epoch}, and `fork` {number}: the node said something else
// under a number it had used. Events missing before the first are an answer with `need_from`.
std::vector<Result<Taken>> take(Ledger& ledger, const std::vector<const ArrivedPush*>& pushes);

// The other branch is evidence: what the node said may be the true one. It may not push until it enrols anew.
void keep_fork(Database& database, const ArrivedPush& push, Instant now);

}  // namespace wq::platform
