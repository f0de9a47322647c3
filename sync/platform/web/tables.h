// The pages' own tables: log-ins, sessions, codes to set a password by, wrong tries. They are the nation's,
// no school's: small, and every shard has them whole. Staff of schools have no row here but those of their
// sessions; their accounts come by the schools' feeds. Private to sync/platform.
#pragma once

#include <string_view>

namespace wq::platform {

inline constexpr std::string_view kWebTables[] = {
    // `account`: an employer's credit code, a name of province's and ministry's staff. `form` is an
    // employer's
    // unsubmitted form, sealed.
    "CREATE TABLE web_login (role TEXT NOT NULL CHECK (role IN ('employer', 'province', 'ministry')),"
    " account TEXT NOT NULL, province TEXT NOT NULL, display_name TEXT NOT NULL, verifier TEXT NOT NULL,"
    " form TEXT NOT NULL, changed BIGINT NOT NULL, PRIMARY KEY (role, account))",
    // Only the hash of what the cookie holds: whoever reads the table can't take over a session. `stamp` is
    // of
    // the verifier: a changed password ends every session.
    "CREATE TABLE web_session (hash TEXT PRIMARY KEY, role TEXT NOT NULL, school TEXT NOT NULL,"
    " account TEXT NOT NULL, stamp TEXT NOT NULL, created BIGINT NOT NULL, seen BIGINT NOT NULL)",
    "CREATE INDEX web_session_seen ON web_session (seen)",
    "CREATE TABLE web_code (role TEXT NOT NULL, account TEXT NOT NULL, code_hash TEXT NOT NULL,"
    " valid_until BIGINT NOT NULL, PRIMARY KEY (role, account))",
    "CREATE TABLE web_failure (tag TEXT PRIMARY KEY, count INTEGER NOT NULL, locked_until BIGINT NOT NULL)",
};

}  // namespace wq::platform
