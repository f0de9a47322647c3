// The parts of one round, in the order in which they run: meeting the platform, events out, pictures out,
// events in, what verifies without a network, pictures in.
// Inside sync/client only.
#pragma once

#include "sync/client/sync_step.h"
#include "sync/protocol/digests.h"

namespace wq::client {

class Round {
  public:
    Round(const SyncedParts& parts, Connection& connection, const crypto::Verifier& platform_key,
          SyncResult& result)
        : parts_(&parts), connection_(&connection), platform_key_(&platform_key), result_(&result) {}

    // Compares what both sides know of each other, before this node says anything. Refusals: `status_wrong`,
    // `fork`, `device_behind`, `epoch_wrong` (now found out), `device_adrift` (known from before): this node
    // must join anew, and pulls only.
    Result<void> meet();
    // Whether all of the feed is to be pulled, and recover() called, before the node speaks.
    bool recovers() const { return recovers_; }
    Result<void> recover();
    // What both hold now, noted (store::Agreement); all rows one by one once a day, where something
    // differed, and where that is asked for.
    void compare_rows_anyhow() { compares_rows_ = true; }
    Result<void> conclude();
    Result<void> push();
    Result<void> send_pictures();
    Result<void> pull();
    // The same, after at most `wait` seconds at the platform until there is something.
    Result<void> pull_after(int wait);
    Result<void> fetch_list();
    Result<void> fetch_pictures();

    // For answers that come by another way (courier.h). True while more of the feed is to come.
    Result<bool> take_page(const cbor::Value& page);
    Result<void> take_answer(const cbor::Value& answer);
    Result<void> take_list(const cbor::Value& list);
    std::string list_target() const;
    protocol::Push push_of(const std::vector<store::WaitingEvent>& batch) const;

  private:
    // Where this node stands. Another program may be syncing it, too: what the platform says is about this
    // moment, and not about a later one.
    struct Standing {
        store::ChainHead head;
        store::FeedPoint feed;
        std::int64_t answered = 0;

        bool operator==(const Standing&) const = default;
    };
    Standing standing() const;
    Result<protocol::Status> ask_status();
    Result<void> compare_chains(const protocol::Status& status);
    void tell(const char* what, std::int64_t apart);
    Result<protocol::DigestsAnswer> ask_digests(const std::string& query);
    Result<std::string> compare_rows();
    Result<std::string> difference(const protocol::Status& status, bool thorough);
    Result<protocol::PushAnswer> push_batch(const std::vector<store::WaitingEvent>& batch);
    void note(const protocol::PushAnswer& answer);
    Result<void> send_small(const store::Picture& picture);
    Result<void> send_picture(const store::Picture& picture);
    Result<void> fetch_picture(const store::Picture& picture);
    Result<cbor::Value> feed_page(std::int64_t after, int wait);

    const SyncedParts* parts_;
    Connection* connection_;
    const crypto::Verifier* platform_key_;
    SyncResult* result_;
    Standing asked_;  // when the status was asked for
    bool recovers_ = false, compares_rows_ = false;
    std::int64_t again_ = 0;  // acts that are said again
};

// The network is gone or the platform broken: the rest of the round would fare no better.
bool ends_round(const Refusal& refusal);

}  // namespace wq::client
