// The platform's tables and how older databases get today's. Several programs may start on one database at
// the same moment. Private to sync/platform.
#pragma once

#include "sync/platform/database.h"

namespace wq::platform {

// Throws Fault for a schema newer than this program.
void make_schema(Database& database);

}  // namespace wq::platform
