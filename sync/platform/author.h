// The platform's own pen in a school's feed: what employers do there, invitations that expire, how many
// schools warn of an employer, and what the province sets. Such events carry the platform as their device, in
// one chain for each school, and go through the same rules as any other. In the caller's transaction, with
// the feed locked. Private to sync/platform.
#pragma once

#include "data/crypto/random.h"
#include "data/domain/event.h"
#include "data/domain/lifecycle.h"
#include "sync/platform/feed.h"
#include "sync/platform/school_tables.h"

namespace wq::platform {

class Author {
  public:
    Author(Database& database, const domain::Codes& codes, crypto::Random& random, const std::string& school,
           Instant now);

    // Refusals: judge's; then the caller rolls back.
    Result<domain::Registration> act(const Uuid& registration, domain::Kind kind,
                                     const std::string& exam_number, const domain::Command& command);
    // A fact of the platform's or the province's, for every node of the school to adopt.
    Result<void> say(std::string_view type, cbor::Value body,
                     const domain::Actor& actor = {domain::Role::ministry, "platform"});

    SchoolTables& tables() { return tables_; }

  private:
    domain::Event new_event(std::string_view type, const domain::Actor& actor);
    Result<void> write(domain::Event& event);

    Database* database_;
    const domain::Codes* codes_;
    crypto::Random* random_;
    Instant now_;
    SchoolTables tables_;
    Feed feed_;
    FeedHead head_;
    Node self_;
};

}  // namespace wq::platform
