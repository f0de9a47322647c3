// The platform's database through SOCI: one connection, its schema, and sealing of what is personal. SQLite
// now (WAL, synchronous FULL), PostgreSQL by the same SQL: every table's key begins with the school, there
// are no sequences and no triggers, and sealed bytes stand as base 64 text, because the two engines agree on
// text and not on binary columns. Private to sync/platform.
#pragma once

#include "data/crypto/seal.h"
#include "data/domain/registration.h"

#include <soci/soci.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace wq::platform {

// Where a registration's record is sealed.
inline constexpr std::string_view kRecordPlace = "registration.record";
inline constexpr std::string_view kGraduatePlace = "graduate.base";
inline constexpr std::string_view kFeedRowPlace = "event.feed_row";

class Database {
  public:
    // Makes the file and the schema where they are missing. Throws Fault, also for a newer schema.
    Database(const std::filesystem::path& file, const crypto::Sealer& sealer);

    soci::session& sql() { return sql_; }

    std::string seal(ByteView plain, std::string_view place) const;
    // Throws Fault when the text was changed or sealed elsewhere.
    Bytes open(const std::string& sealed, std::string_view place) const;

    // Nothing for such a text: what came back from outside.
    std::optional<Bytes> try_open(const std::string& sealed, std::string_view place) const;
    // A keyed digest by which a sealed value can be found.
    std::string tag(std::string_view value, std::string_view place) const;

    // A paper of a registration, and whether it is no longer in force.
    void put_paper(const std::string& school, const std::string& registration, const domain::Paper& paper,
                   bool ended);

  private:
    void make_schema();
    void note_expiries();
    void note_papers();
    void note_lists();
    soci::session sql_;
    const crypto::Sealer* sealer_;
};

std::string text_of(const domain::Hash& hash);  // hexadecimal, as it stands in the tables
domain::Hash hash_of(const std::string& text);

}  // namespace wq::platform
