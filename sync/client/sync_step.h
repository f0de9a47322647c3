// One round of synchronisation: compare where both stand, push what the platform has not answered, send
// pictures, pull the feed, fetch pictures. Every part may be cut at any point and the next round goes on from
// there; what one event or one picture is refused for never stops the others.
#pragma once

#include "data/store/store.h"
#include "sync/client/connection.h"

#include <optional>

namespace wq::client {

struct SyncResult {
    std::int64_t pushed = 0, accepted = 0, rejected = 0, quarantined = 0;
    std::int64_t pulled = 0, conflicts = 0;
    std::int64_t pictures_sent = 0, pictures_fetched = 0, pictures_left = 0;
    std::int64_t clock_offset_ms = 0;  // this clock is behind by so much; 0 where within bounds
    std::optional<store::Recovery> recovered;
    // The first thing that went wrong; what could go on without it did. Refusals: Connection's,
    // Round::meet's, `device_quarantined`, `device_unknown`, `device_revoked`, `receipt_wrong`, `feed_wrong`
    // (nothing of it was adopted), `feed_ahead`, `platform_lacks_events` {from}.
    std::optional<Refusal> failed;

    bool is_complete() const { return !failed; }
};

// The store's parts that sync works on; of one thread, like the store.
struct SyncedParts {
    store::Store* store = nullptr;
    store::Log* log = nullptr;
    store::Feed* feed = nullptr;
    store::Pictures* pictures = nullptr;
    store::Drafts* drafts = nullptr;
    store::Papers* papers = nullptr;

    static SyncedParts of(store::Store& store) {
        return {&store, &store.log(), &store.feed(), &store.pictures(), &store.drafts(), &store.papers()};
    }
};

namespace note = store::note;

class SyncStep {
  public:
    // The node must have been enrolled (enrol.h), else each run refuses with
    // `not_enrolled`. All must outlive the step.
    SyncStep(const SyncedParts& parts, const Connection::World& world) : parts_(parts), world_(world) {}

    // `compare`: all rows are compared with the platform's, whenever that was done before.
    SyncResult run(bool compare = false);
    // Between rounds: waits at the platform, at most so many seconds, and takes what is new with its
    // pictures. Returns how many rows came. Refusals: as of run().
    Result<std::int64_t> pull_news(int wait_seconds);

  private:
    Result<crypto::Verifier> platform_key() const;
    Connection connection() const;
    void note_outcome(const SyncResult& result);
    SyncedParts parts_;
    Connection::World world_;
};

}  // namespace wq::client
