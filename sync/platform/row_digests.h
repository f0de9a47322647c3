// The school's rows for comparing with a node's (crypto/row_digests.h): graduates, registrations and the
// pictures that they name. Private to sync/platform.
#pragma once

#include "data/crypto/row_digests.h"
#include "sync/platform/database.h"

namespace wq::platform {

crypto::RowDigests row_digests(Database& database, const std::string& school);

}  // namespace wq::platform
