// The schema of a node's SQLite file, as forward-only steps; PRAGMA user_version counts them. Inside
// data/store only.
#pragma once

#include <span>

namespace wq::store {

// Step i brings a file from version i to i + 1.
std::span<const char* const> schema_steps();

}  // namespace wq::store
