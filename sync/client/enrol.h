// Joining a platform: with a one-time code a node gets its school, its number and the platform's key. After
// it SyncStep pulls everything that the school has.
#pragma once

#include "data/store/log.h"
#include "sync/client/connection.h"

namespace wq::client {

// Asking again after a lost answer is safe. The home's node keeps its device id; one that already spoke keeps
// its number and its school. Refusals: Connection's, `enrol_code_wrong`, `enrol_code_used`,
// `enrol_code_expired`, `node_number_taken`, `node_numbers_exhausted`, and `school_differs` {school} where
// the home is another school's.
Result<protocol::EnrolAnswer> enrol(store::Log& log, const Connection::World& world, std::string_view code);

}  // namespace wq::client
