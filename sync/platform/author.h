// The platform's own pen in a school's feed: what employers do there, invitations that expire, how many
// schools warn of an employer, and what the province sets. Such events carry the platform as their device, in
// one chain for each school, and go through the same rules as any other. On the caller's ledger.
// Private to sync/platform.
#pragma once

#include "data/crypto/random.h"
#include "data/domain/event.h"
#include "data/domain/lifecycle.h"
#include "sync/platform/ledger.h"

namespace wq::platform {

class Author {
  public:
    Author(Ledger& ledger, crypto::Random& random);

    // Refusals: judge's; then nothing was written.
    Result<domain::Registration> act(const Uuid& registration, domain::Kind kind,
                                     const std::string& exam_number, const domain::Command& command);
    // A fact of the platform's or the province's, for every node of the school to adopt.
    Result<void> say(std::string_view type, cbor::Value body,
                     const domain::Actor& actor = {domain::Role::ministry, "platform"},
                     const std::string& exam_number = {});

  private:
    domain::Event new_event(std::string_view type, const domain::Actor& actor);
    Result<void> write(domain::Event& event);

    Ledger* ledger_;
    crypto::Random* random_;
    Node self_;
};

}  // namespace wq::platform
