// One school's part in a transaction: its feed, locked, and its rows. Whoever writes in the school's name in
// this transaction (nodes' pushes, the platform's own pen) writes here. Private to sync/platform.
#pragma once

#include "data/domain/codes.h"
#include "sync/platform/feed.h"
#include "sync/platform/judge.h"
#include "sync/platform/school_tables.h"

namespace wq::platform {

class Ledger {
  public:
    // All must outlive the ledger.
    Ledger(Database& database, CampusCache& campuses, const domain::Codes& codes, std::string school,
           Instant now)
        : database_(&database),
          codes_(&codes),
          now_(now),
          feed_(database, school),
          head_(feed_.lock()),
          tables_(database, std::move(school), campuses, head_.settings_version) {}

    const std::string& school() const { return tables_.school(); }
    Instant now() const { return now_; }
    const domain::Codes& codes() const { return *codes_; }
    Database& database() { return *database_; }
    SchoolTables& tables() { return tables_; }
    Feed& feed() { return feed_; }
    const FeedHead& head() const { return head_; }

    // The next row of the feed: an event of this node with its verdict.
    void add(const Node& node, const EventKey& key, const protocol::FeedEntry& entry) {
        feed_.add(head_, node, key, entry);
    }
    // Writes everything; before the transaction ends.
    void finish() {
        tables_.flush();
        head_.settings_version += tables_.settings_changed();
        head_.papers_version += tables_.list_changed();
        feed_.flush(head_);
    }

  private:
    Database* database_;
    const domain::Codes* codes_;
    Instant now_;
    Feed feed_;
    FeedHead head_;
    SchoolTables tables_;
};

}  // namespace wq::platform
