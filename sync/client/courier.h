// The courier: where the line is dead, the outbox travels on a stick (R60). What is written are the requests
// that a round would send, signed as always; what comes back are their answers, believed as always. Bringing
// either twice, late or in another order does no harm.
#pragma once

#include "sync/client/sync_step.h"

#include <filesystem>

namespace wq::client {

struct Written {
    std::int64_t events = 0, pictures = 0, files = 0;
};

// Into this folder, in place of what this node had there. Refusals: `not_enrolled`, `device_adrift` (it must
// join anew, and that needs the line), `disk_full`, `file_unwritable`.
Result<Written> write_parcels(const SyncedParts& parts, const Connection::World& world,
                              const std::filesystem::path& folder);

// Takes the answers that lie in the folder. Refusals: `not_enrolled`, `courier_none` (nothing for anybody),
// `courier_other_node` (none for this one), `courier_damaged`, `courier_forged`, `courier_not_ours`. What
// single answers refuse is the result's `failed`.
Result<SyncResult> read_parcels(const SyncedParts& parts, const Connection::World& world,
                                const std::filesystem::path& folder);

}  // namespace wq::client
