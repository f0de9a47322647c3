// The school's feed on the platform: every event with its verdict, numbered without gaps by the counter row
// and chained. Adding is done inside the transaction that judged. Private to sync/platform.
#pragma once

#include "sync/platform/bulk.h"
#include "sync/platform/nodes.h"

#include <optional>

namespace wq::platform {

struct FeedHead {
    std::int64_t last = 0;
    domain::Hash chain{};
    std::int64_t settings_version = 0, papers_version = 0;  // counted up with each change of them
};

// Of an event that the platform has: what a second arrival is compared with and answered by.
struct Stored {
    domain::Hash hash{};
    protocol::EventVerdict answer;
};

// How an event is found again.
struct EventKey {
    std::int64_t number = 0;
    domain::Hash hash{};
    std::string type;  // empty where the event is not readable
    Uuid registration;
};

class Feed {
  public:
    Feed(Database& database, std::string school);

    FeedHead head();
    // The last number of each school's feed.
    static std::map<std::string, std::int64_t> heads(Database& database);
    // The same, and no other transaction adds to this feed until this one ends.
    FeedHead lock();
    // The row waits for flush(); `head` moves on.
    void add(FeedHead& head, const Node& node, const EventKey& key, const protocol::FeedEntry& entry);
    // Writes what waits, and the head. Before the transaction ends.
    void flush(const FeedHead& head);

    std::optional<Stored> find(const Node& node, std::int64_t number);
    // The chain after this row; nothing where there is none.
    std::optional<domain::Hash> chain_at(std::int64_t feed);
    // Rows after `after`, at most `limit` and some 4 MiB together; without signature. Refuses with
    // `feed_ahead` {last} where the node knows more than the platform (restored from a backup).
    Result<protocol::FeedPage> page(std::int64_t after, std::int64_t limit);
    std::vector<protocol::FeedEntry> entries_of(const std::optional<Uuid>& registration);

  private:
    soci::session& sql() { return database_->sql(); }
    Database* database_;
    std::string school_;
    BulkInsert rows_;
};

}  // namespace wq::platform
