// The parts of one round, in the order in which they run: events out, pictures out, events in, what
// verifies without a network, pictures in.
// Inside sync/client only.
#pragma once

#include "sync/client/sync_step.h"

namespace wq::client {

class Round {
  public:
    Round(const SyncedParts& parts, Connection& connection, const crypto::Verifier& platform_key,
          SyncResult& result)
        : parts_(&parts), connection_(&connection), platform_key_(&platform_key), result_(&result) {}

    Result<void> push();
    Result<void> send_pictures();
    Result<void> pull();
    Result<void> fetch_list();
    Result<void> fetch_pictures();

  private:
    Result<protocol::PushAnswer> push_batch(const std::vector<store::WaitingEvent>& batch);
    void note(const protocol::PushAnswer& answer);
    Result<void> send_small(const store::Picture& picture);
    Result<void> send_picture(const store::Picture& picture);
    Result<void> fetch_picture(const store::Picture& picture);
    Result<protocol::FeedPage> feed_page(std::int64_t after);

    const SyncedParts* parts_;
    Connection* connection_;
    const crypto::Verifier* platform_key_;
    SyncResult* result_;
};

// The network is gone or the platform broken: the rest of the round would fare no better.
bool ends_round(const Refusal& refusal);

}  // namespace wq::client
