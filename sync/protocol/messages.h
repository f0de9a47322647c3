// The messages between a node and its platform, as values and as deterministic CBOR. Reading a message checks
// its form only and refuses with `message_wrong` {message}; what it means is the business of both ends.
// Byte layout with a worked example: sync/PROTOCOL.md.
#pragma once

#include "data/base/cbor.h"
#include "data/base/ids.h"
#include "data/base/result.h"
#include "data/crypto/keys.h"
#include "data/domain/registration.h"

#include <optional>
#include <string>
#include <vector>

namespace wq::protocol {

using domain::Hash;

inline constexpr int kProtocol = 1;
inline constexpr std::size_t kMaxBatchEvents = 500;
inline constexpr std::size_t kMaxBatchBytes = std::size_t{1} << 20;  // one larger event goes alone
inline constexpr std::size_t kPartSize = std::size_t{256} << 10;
inline constexpr std::size_t kMaxParts = 128;                   // 32 MiB
inline constexpr std::size_t kMaxBody = std::size_t{16} << 20;  // of any request
inline constexpr std::int64_t kMaxFeedRows = 1000;
inline constexpr std::int64_t kMaxWait = 55;  // seconds, for news of the feed

// A platform's refusal of a whole request.
cbor::Value to_cbor(const Refusal& refusal, Instant platform_time);
Refusal refusal_from(const cbor::Value& value);  // `platform_answer_wrong` where it is none

struct EnrolRequest {
    std::string code;  // as typed: school, "-", 10 Crockford characters
    Uuid device;
    std::int64_t epoch = 0;  // the last one that the platform gave the device, 0 for none
    int number = 0;          // the node's number if it has one already, else 0
    Bytes public_key;        // SPKI
};
cbor::Value to_cbor(const EnrolRequest& message);
Result<EnrolRequest> enrol_request_from(const cbor::Value& value);

struct EnrolAnswer {
    std::string school, school_name;
    int number = 0;
    std::int64_t epoch = 1;
    Bytes platform_key;  // SPKI
    Instant platform_time;
};
cbor::Value to_cbor(const EnrolAnswer& message);
Result<EnrolAnswer> enrol_answer_from(const cbor::Value& value);

struct Push {
    Uuid device;
    std::int64_t epoch = 1;
    std::int64_t base = 1;  // number of the first event
    Hash previous{};        // chain hash before it
    std::vector<Bytes> events;
};
cbor::Value to_cbor(const Push& message);
Result<Push> push_from(const cbor::Value& value);

// The chain's hash of one event.
Hash event_hash(ByteView event_bytes);

namespace verdict {
inline constexpr std::string_view kAccepted = "accepted";
inline constexpr std::string_view kRejected = "rejected";
inline constexpr std::string_view kQuarantined = "quarantined";
}  // namespace verdict

struct EventVerdict {
    std::int64_t number = 0;
    std::string verdict;
    Refusal why;         // code empty where accepted
    bool again = false;  // answered before; this is the stored answer

    bool operator==(const EventVerdict&) const = default;
};

// A step from a receipt's hash to the root that the platform signed: the hash beside it.
struct ProofStep {
    Hash hash{};
    bool on_left = false;

    bool operator==(const ProofStep&) const = default;
};

struct PushAnswer {
    std::string school;
    Uuid device;
    std::int64_t epoch = 1;
    std::int64_t acked_through = 0;
    Hash head{};                 // of the device's chain, at acked_through
    std::int64_t feed = 0;       // the school's last feed number
    std::int64_t need_from = 0;  // > 0: events are missing before the push's first; nothing was taken
    std::vector<EventVerdict> verdicts;
    Instant platform_time;
    std::vector<ProofStep> proof;  // empty where the receipt was signed alone
    crypto::Signature receipt{};   // by the platform, over receipt_message()
};
cbor::Value to_cbor(const PushAnswer& message);
Result<PushAnswer> push_answer_from(const cbor::Value& value);
// What an answer promises, as a hash; its root together with those signed in the same breath (a Merkle tree
// as in RFC 6962, section 2.1, with SM3); and what is signed.
Hash receipt_leaf(const PushAnswer& answer);
Bytes receipt_message(const PushAnswer& answer);
// Gives each answer its proof; they have one receipt_message() then.
void join_receipts(const std::vector<PushAnswer*>& answers);

// A row of the school's feed: travels and is hashed as these bytes.
struct FeedEntry {
    std::int64_t feed = 0;
    Bytes event;  // exact
    std::string verdict;
    Refusal why;
    Instant received;
};
Bytes encode(const FeedEntry& entry);
Result<FeedEntry> feed_entry_from(ByteView bytes);
// The feed's chain after a row: SM3(0x02 || chain before || row).
Hash feed_chain(const Hash& before, ByteView row);

struct FeedPage {
    std::string school;
    std::vector<Bytes> rows;
    std::int64_t through = 0;  // number of the last row, or `after` where there is none
    Hash chain{};              // at `through`
    std::int64_t last = 0;     // the school's last number: more is to come while through < last
    Instant platform_time;
    crypto::Signature checkpoint{};  // by the platform, over checkpoint_message()
};
cbor::Value to_cbor(const FeedPage& message);
Result<FeedPage> feed_page_from(const cbor::Value& value);
Bytes checkpoint_message(const FeedPage& page);

// Where a node stands, for the platform to say what it has there. The challenge comes back in what the
// platform signs, so that what it said to an earlier question answers no later one.
struct Standing {
    std::int64_t epoch = 0, number = 0, feed = 0;
    Bytes challenge;  // random, kNonceSize bytes
};

struct Status {
    std::string school;
    Uuid device;
    std::int64_t epoch = 1, acked_through = 0;
    Hash head{};
    std::int64_t feed = 0;
    Hash chain{};
    std::int64_t graduates = 0, registrations = 0;  // rows on the platform, to compare with the node's
    // At the node's standing; nothing where the platform has no such event, or no such row.
    std::optional<Hash> event_there, chain_there;
    Bytes challenge;  // the question's
    Instant platform_time;
    crypto::Signature statement{};  // by the platform, over status_message()
};
cbor::Value to_cbor(const Status& message);
Result<Status> status_from(const cbor::Value& value);
Bytes status_message(const Status& status);

// The nation's verification list. Without content where the node has it already.
struct ListAnswer {
    std::optional<Bytes> content;  // crypto::VerificationList's encoding
    Instant as_of;
    crypto::Signature signature{};  // by the platform, over crypto::list_message()
};
cbor::Value to_cbor(const ListAnswer& message);
Result<ListAnswer> list_answer_from(const cbor::Value& value);

// What of a picture the platform has; travels in headers, since HEAD has no body.
struct PartsHeld {
    bool complete = false;
    std::vector<bool> parts;  // as many as kMaxParts at most
};
std::string to_text(const PartsHeld& held);  // "complete", or a bitmap in hex: bit 0 of byte 0 is part 0
Result<PartsHeld> parts_held_from(std::string_view text);
inline constexpr std::string_view kPartsHeader = "x-wangqian-parts";

}  // namespace wq::protocol
