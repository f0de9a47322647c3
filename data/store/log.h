// The node's own log: who this node is, what it has said so far (append-only, hash-chained), and what of it
// the platform has not answered yet (the outbox). Sync pushes by this; people read history by it.
#pragma once

#include "data/domain/event.h"

#include <string>
#include <vector>

namespace wq::store {

class Core;

struct Node {
    std::string school;  // 5 digits; empty before enrolment or init
    Uuid device;
    std::int64_t epoch = 1;
    int number = 1;  // 1–999 within the school; part of agreement numbers
};

// Epochs from here on are nobody's: a node that was copied or restored speaks in one of them, until it has a
// place on the platform again (epochs.h). The one that it had is `epoch - kAdrift`.
inline constexpr std::int64_t kAdrift = std::int64_t{1} << 40;
inline bool is_adrift(const Node& node) { return node.epoch >= kAdrift; }

struct ChainHead {
    std::int64_t number = 0;  // 0: nothing said yet
    domain::Hash hash{};

    bool operator==(const ChainHead&) const = default;
};

struct WaitingEvent {
    std::int64_t number = 0;
    Bytes bytes;  // exact, as hashed
    domain::Hash hash{};
};

// The platform's final answer to an event.
struct Verdict {
    std::int64_t number = 0;
    std::string verdict;  // "accepted", "rejected" or "quarantined"
    std::string code;     // of a refusal
};

struct HistoryEntry {
    domain::Event event;
    domain::Hash hash{};
    std::int64_t feed = 0;  // its place in the school's feed; 0: not there yet
    std::string verdict;    // empty: not answered yet
    std::string code;
};

struct OutboxCount {
    std::int64_t waiting = 0, rejected = 0, quarantined = 0;
    Instant oldest;  // of the waiting ones
};

class Log {
  public:
    explicit Log(Core& core) : core_(&core) {}

    Node node() const;
    // Once, before anything is said (a new home).
    void set_node(const Node& node);
    // This node was copied or restored: it speaks adrift until begin_epoch().
    void set_adrift();
    // The place that the platform gave it anew. What waits is said again there; returns how many acts that
    // is.
    std::int64_t begin_epoch(const Node& node);
    // The last act of the present chain that is answered; 0: none.
    std::int64_t answered_through() const;
    // The platform has lost what it had answered of this node's present chain after this number, up to
    // `through`: it waits again. Returns how many acts that is.
    std::int64_t platform_lacks(std::int64_t after, std::int64_t through);

    ChainHead head() const;
    // The oldest unanswered events of this node, in order, at most `limit` and about `max_bytes` together.
    // Only those after number `after`.
    std::vector<WaitingEvent> waiting(std::size_t limit = 500, std::size_t max_bytes = 1 << 20,
                                      std::int64_t after = 0) const;
    bool has_waiting() const;
    // A waiting event that can't be sent at all: it is rejected here, with this code, and those after it are
    // chained without it. None of them may have been sent.
    void set_aside(std::int64_t number, std::string_view code);
    // The head as it was after event `number`; number 0, and one that is not there: the zero hash.
    domain::Hash hash_at(std::int64_t number) const;
    // Records answers; an answer already there stays. An act on a record that is not accepted becomes
    // a conflict; of the campus's own acts the rows step back.
    void note_verdicts(const std::vector<Verdict>& verdicts);
    OutboxCount outbox() const;

    // All acts on a registration, in order.
    std::vector<HistoryEntry> history(const Uuid& registration) const;

    // Small values that sync keeps between runs, for example the platform's address or the last success.
    std::string note(std::string_view key) const;  // empty where absent
    void set_note(std::string_view key, std::string_view value);

  private:
    Core* core_;
};

}  // namespace wq::store
