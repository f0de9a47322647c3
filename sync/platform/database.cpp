#include "sync/platform/database.h"

#include "data/base/bytes.h"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>

namespace wq::platform {
namespace {

// A server that does not answer is away soon, not when the system gives up after minutes; the operator's
// address may say otherwise.
std::string with_patience(std::string address) {
    for (const char* parameter : {"connect_timeout=5", "tcp_user_timeout=20000"})
        if (const std::string name(parameter, std::string_view(parameter).find('=') + 1);
            address.find(name) == std::string::npos)
            address += (address.find('?') == std::string::npos ? "?" : "&") + std::string(parameter);
    return address;
}

soci::session session_for(const std::string& address) {
    try {
        if (Database::is_server(address)) return {soci::postgresql, with_patience(address)};
        return {soci::sqlite3, "db=" + address + " timeout=30"};
    } catch (const soci::soci_error& error) {
        // Without the address: a password may stand in it.
        if (Database::is_server(address)) throw DatabaseAway("the database server does not answer");
        throw Fault(std::string("the platform's database can't be opened: ") + error.what());
    }
}

void require_durable_file(soci::session& sql) {
    std::string mode;
    int synchronous = 0;
    sql << "PRAGMA journal_mode = WAL", soci::into(mode);
    sql << "PRAGMA synchronous = FULL";
    sql << "PRAGMA cache_size = -8192";
    sql << "PRAGMA wal_autocheckpoint = 4000";  // 16 MB: fewer pages are written home twice
    sql << "PRAGMA synchronous", soci::into(synchronous);
    if (mode != "wal" || synchronous < 2) throw Fault("the platform's database is not durable: " + mode);
}

void require_durable_server(soci::session& sql) {
    std::string synchronous, fsync;
    sql << "SET synchronous_commit = on";
    // A row is held for moments. Whoever holds one for longer has lost the network or the power: of another
    // that is told, and the server lets nobody's transaction sleep on it.
    sql << "SET lock_timeout = '10s'";
    sql << "SET idle_in_transaction_session_timeout = '60s'";
    sql << "SHOW synchronous_commit", soci::into(synchronous);
    sql << "SHOW fsync", soci::into(fsync);
    if (synchronous != "on" || fsync != "on")
        throw Fault("the database server is not durable: synchronous_commit " + synchronous + ", fsync " +
                    fsync);
    // Without the values that were at fault: they may be somebody's.
    PQsetErrorVerbosity(static_cast<soci::postgresql_session_backend*>(sql.get_backend())->conn_,
                        PQERRORS_TERSE);
    // Notices ("relation exists, skipping") are no news.
    sql << "SET client_min_messages = warning";
}

Trouble trouble_of_state(std::string_view state) {
    // 23505: another transaction was first to insert the row that this one had not seen.
    if (state == "40001" || state == "40P01" || state == "23505") return Trouble::again;
    if (state == "55P03") return Trouble::held;
    if (state == "53100") return Trouble::full;
    // 08: connection; 25P03: a transaction slept for too long; 57P01 to 57P05: the server stops, starts or
    // gave up on the connection; 53300: too many connections; blank: the library noticed it by itself.
    const bool away = state.starts_with("08") || state == "25P03" || state.starts_with("57P0") ||
                      state == "53300" ||
                      std::ranges::all_of(state, [](char c) { return c == ' ' || c == '\0'; });
    return away ? Trouble::away : Trouble::fault;
}

}  // namespace

bool Database::is_server(std::string_view address) {
    return address.starts_with("postgresql://") || address.starts_with("postgres://");
}

Database::Database(const std::string& address, const crypto::Sealer& sealer)
    : sql_(session_for(address)), is_server_(is_server(address)), sealer_(&sealer) {
    try {
        is_server_ ? require_durable_server(sql_) : require_durable_file(sql_);
    } catch (const soci::soci_error& error) {
        if (trouble_of(error) == Trouble::away) throw DatabaseAway("the database server went away");
        throw Fault("the platform's database refused: " + words_of(error));
    }
}

std::string Database::seal(ByteView plain, std::string_view place) const {
    return to_base64(sealer_->seal(plain, place));
}

std::string Database::tag(std::string_view value, std::string_view place) const {
    return to_hex(sealer_->lookup_tag(value, place));
}

std::optional<Bytes> Database::try_open(const std::string& sealed, std::string_view place) const {
    const auto bytes = from_base64(sealed);
    return bytes ? sealer_->open(*bytes, place) : std::nullopt;
}

Bytes Database::open(const std::string& sealed, std::string_view place) const {
    auto plain = try_open(sealed, place);
    if (!plain) throw Fault("a sealed value can't be opened: " + std::string(place));
    return std::move(*plain);
}

Transaction::Transaction(Database& database) : sql_(&database.sql()) {
    *sql_ << (database.is_server() ? "BEGIN" : "BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    if (!is_open_) return;
    try {
        *sql_ << "ROLLBACK";
    } catch (const std::exception&) {
        // The connection is gone, or SQLite has rolled back by itself: undone either way.
    }
}

void Transaction::commit() {
    *sql_ << "COMMIT";
    is_open_ = false;
}

Trouble trouble_of(const soci::soci_error& error) {
    if (const auto* server = dynamic_cast<const soci::postgresql_soci_error*>(&error))
        return trouble_of_state(server->sqlstate());
    const auto* file = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
    if (!file) return Trouble::fault;
    const int code = file->result() & 0xff;
    return code == SQLITE_BUSY ? Trouble::again : code == SQLITE_FULL ? Trouble::full : Trouble::fault;
}

std::string words_of(const soci::soci_error& error) {
    std::string words;
    bool is_quoted = false;
    for (const char c : error.get_error_message()) {
        if (c == '"') is_quoted = !is_quoted;
        if (c == '"' || !is_quoted) words += c;
    }
    return words;
}

std::string text_of(const domain::Hash& hash) { return to_hex(hash); }

domain::Hash hash_of(const std::string& text) { return domain::hash_from(from_hex(text).value_or(Bytes{})); }

}  // namespace wq::platform
