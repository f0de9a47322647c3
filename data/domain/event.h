// An event: one act as it leaves the node that made it, chained to the one before by its hash, stored and
// sent as exact bytes (deterministic CBOR) and never encoded again. Byte layout: sync/PROTOCOL.md.
#pragma once

#include "data/base/cbor.h"
#include "data/base/ids.h"
#include "data/base/result.h"
#include "data/domain/registration.h"

namespace wq::domain {

inline constexpr int kEventVersion = 1;

// Types of events; the body's form depends on it. An unknown type is kept and passed on, never dropped.
namespace event_type {
inline constexpr std::string_view kRegistration = "registration";  // an act on a registration (lifecycle.h)
inline constexpr std::string_view kConfirm = "confirm";            // a graduate confirmed base data, R12
inline constexpr std::string_view kPrint = "print";                // a copy was printed, R37
inline constexpr std::string_view kRoster = "roster";              // graduates' base data, R06
inline constexpr std::string_view kEmployers = "employers";        // the employers' directory
inline constexpr std::string_view kAccounts = "accounts";          // log-ins and their verifiers, R03
inline constexpr std::string_view kSettings = "settings";          // the campus's settings, R08–R11
inline constexpr std::string_view kWarning =
    "warning";  // the school marks an employer or lifts its mark, R33
inline constexpr std::string_view kSharedWarning = "shared_warning";  // the platform: how many schools warn
inline constexpr std::string_view kDraft =
    "draft";  // what a student has typed so far, or that it is gone, R51
inline constexpr std::string_view kSettled = "settled";  // staff have dealt with an act that lost, R18
inline constexpr std::string_view kTrust = "trust";      // public keys that issue the campus's paper
}  // namespace event_type

struct Event {
    std::string type;
    std::string school;
    Uuid device;
    std::int64_t epoch = 1;
    std::int64_t number = 0;  // gap-free from 1 for (device, epoch)
    Hash previous{};          // chain hash of number - 1; zero for the first
    Uuid id;
    Actor actor;
    std::string exam_number;             // of the student concerned; empty for the campus's own events
    Uuid registration;                   // nil where none is concerned
    std::int64_t expected_revision = 0;  // of the registration before this act
    State expected_state = State::draft;
    std::int64_t seen = 0;  // the last number of the school's feed that the author had
    Instant when;           // the node's clock: a claim
    std::int64_t steady_ms = 0;
    Uuid boot;
    cbor::Value body;
};

Bytes encode(const Event& event);
// Refuses with `event_wrong` {reason} what is not an event of this version.
Result<Event> decode_event(ByteView bytes);

// What the chain's hash is taken over: 0x01 || bytes.
Bytes chain_message(ByteView event_bytes);

}  // namespace wq::domain
