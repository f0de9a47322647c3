// The school's feed as this node has it: what the platform ordered, gap-free from 1. Adopting a row brings
// the tables to what it says; the node's own unanswered acts are then applied again on top, and what no
// longer applies becomes a conflict with everything typed and scanned kept.
#pragma once

#include "data/base/result.h"
#include "data/domain/event.h"

#include <string>
#include <vector>

namespace wq::store {

class Core;

struct FeedRow {
    std::int64_t feed = 0;
    Bytes event;          // exact bytes
    std::string verdict;  // "accepted", "rejected" or "quarantined"
    std::string code;
    Instant received;  // by the platform
};

struct Adopted {
    std::int64_t rows = 0;       // new to this node
    std::int64_t conflicts = 0;  // own acts that no longer apply
};

// Where this node stands in the feed, read at one moment: another program may be pulling, too.
struct FeedPoint {
    std::int64_t cursor = 0;
    domain::Hash chain{};

    bool operator==(const FeedPoint&) const = default;
};

// What a platform that was restored from a backup turned out not to have any more.
struct StartedOver {
    std::int64_t own = 0;     // acts of this node: they wait again
    std::int64_t others = 0;  // of others: kept apart; whoever said them says them again
};

struct Conflict {
    Uuid event;
    Uuid registration;
    std::string exam_number;
    std::string code;
    Instant when;
};

class Feed {
  public:
    explicit Feed(Core& core) : core_(&core) {}

    FeedPoint point() const;
    std::int64_t cursor() const;  // the last row adopted
    domain::Hash chain() const;   // the feed's chain at the cursor
    // Rows must follow the cursor without a gap: `feed_gap` {expected, got} otherwise, and nothing is taken.
    // `chain` is the feed's chain hash after the last row. One transaction.
    Result<Adopted> adopt(const std::vector<FeedRow>& rows, const domain::Hash& chain);

    // The platform's feed is another than the one that was adopted (it was restored from a backup): it is
    // asked for from the beginning, pictures are offered again. Until finish_start(), which is to be called
    // when all of it is here, nothing is taken away.
    void start_over();
    bool is_starting_over() const;
    StartedOver finish_start();

    std::vector<Conflict> conflicts() const;
    // The act that lost, as it was decided here. Nothing for what is no conflict.
    std::optional<domain::Event> conflicting(const Uuid& event) const;
    // Staff have dealt with it; kept in the history. School only. Refusals: `not_allowed`,
    // `reason_required`, `conflict_unknown`.
    Result<void> settle(const Uuid& event, std::string_view reason, const domain::Actor& actor);

  private:
    Core* core_;
};

}  // namespace wq::store
