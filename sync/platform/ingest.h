// Taking a push: one transaction in which the batch is proven, each event judged and given its place in the
// feed, and the verdicts stored. Sending again gives the same answer; one bad event never stops the rest.
// Private to sync/platform.
#pragma once

#include "data/domain/codes.h"
#include "sync/platform/feed.h"

namespace wq::platform {

struct Taken {
    protocol::PushAnswer answer;
    bool warned = false;  // an event of it marks an employer or lifts a mark
};

// The answer lacks its receipt, which the registry signs. Refusals of the whole push, nothing taken:
// `device_quarantined` {reason}, `epoch_wrong` {epoch}, `signature_wrong`, `chain_broken` {number}, and
// `fork` {number}: the node said something else under a number it had used; both are kept and the node is
// quarantined. Events missing before the first are an answer with `need_from`.
Result<Taken> take(Database& database, const domain::Codes& codes, const Node& node,
                   const protocol::Push& push, Instant now);

}  // namespace wq::platform
