// One connection to the platform's database through SOCI: SQLite (WAL, synchronous FULL) or PostgreSQL by the
// same SQL. Every table's key begins with the school, so that a distributed PostgreSQL can spread them; there
// are no sequences, triggers or advisory locks, and sealed bytes stand as base 64 text, because the engines
// agree on text and not on binary columns. For one thread at a time. Private to sync/platform.
#pragma once

#include "data/base/result.h"
#include "data/crypto/seal.h"
#include "data/domain/registration.h"

#include <soci/soci.h>

#include <optional>
#include <string>
#include <string_view>

namespace wq::platform {

// Where a registration's record is sealed.
inline constexpr std::string_view kRecordPlace = "registration.record";
inline constexpr std::string_view kFeedRowPlace = "event.feed_row";

// The database can't be reached, or dropped the connection: whether what was under way took effect is not
// known. To be asked again later.
class DatabaseAway : public Fault {
  public:
    using Fault::Fault;
};

class Database {
  public:
    // `address` is a file of SQLite, made where it is missing, or "postgresql://…". Throws Fault where it
    // can't be had or would not be durable; DatabaseAway where the server does not answer.
    Database(const std::string& address, const crypto::Sealer& sealer);

    static bool is_server(std::string_view address);
    bool is_server() const { return is_server_; }
    soci::session& sql() { return sql_; }

    std::string seal(ByteView plain, std::string_view place) const;
    // Nothing for such a text: what came back from outside.
    std::optional<Bytes> try_open(const std::string& sealed, std::string_view place) const;
    // A keyed digest by which a sealed value can be found.
    std::string tag(std::string_view value, std::string_view place) const;
    // Throws Fault when the text was changed or sealed elsewhere.
    Bytes open(const std::string& sealed, std::string_view place) const;

  private:
    soci::session sql_;
    bool is_server_;
    const crypto::Sealer* sealer_;
};

// Writes of one transaction; undone unless committed. On SQLite it takes the write lock at once: a reader
// that turns writer half-way could not wait for another.
class Transaction {
  public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

  private:
    soci::session* sql_;
    bool is_open_ = true;
};

// What is wrong with a database that threw.
enum class Trouble {
    fault,  // ours, or a broken database
    again,  // two transactions got in each other's way; nothing happened, the same may be tried at once
    held,   // somebody holds a row for longer than anybody needs it; nothing happened
    away,   // the connection is gone
    full,   // no room on its disk
};
Trouble trouble_of(const soci::soci_error& error);
// The same in words for the operator's log, without anybody's data: neither parameters nor quoted values.
std::string words_of(const soci::soci_error& error);

std::string text_of(const domain::Hash& hash);  // hexadecimal, as it stands in the tables
domain::Hash hash_of(const std::string& text);

}  // namespace wq::platform
