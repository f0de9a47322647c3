// What sync notes in the log (Log::note) for others to read: the desk, the command line and the next round.
// Names only, and the few that are more than one value.
#pragma once

#include "data/base/result.h"
#include "data/base/time.h"
#include "data/store/log.h"

#include <optional>
#include <string>
#include <string_view>

namespace wq::store {

// The note with the platform's address; empty until this node has joined one.
inline constexpr std::string_view kPlatformNote = "sync.platform";
// And with the certificates, in PEM, that alone prove it; empty: those that the machine trusts.
inline constexpr std::string_view kPlatformCertificate = "sync.platform_certificate";

namespace note {
inline constexpr std::string_view kPlatformKey = "sync.platform_key";    // SPKI, hex
inline constexpr std::string_view kLastSuccess = "sync.last_success";    // ISO moment
inline constexpr std::string_view kLastFailure = "sync.last_failure";    // code of a refusal; empty: none
inline constexpr std::string_view kFailingSince = "sync.failing_since";  // ISO moment; empty: it goes well
inline constexpr std::string_view kNextTry = "sync.next_try";            // ISO moment
inline constexpr std::string_view kClock = "sync.clock";                 // the last ClockNote
inline constexpr std::string_view kReceipt = "sync.receipt";      // the newest signed receipt, hex CBOR
inline constexpr std::string_view kPlace = "sync.place";          // given anew, not taken yet: a Node
inline constexpr std::string_view kRecovered = "sync.recovered";  // the last Recovery
inline constexpr std::string_view kAgreement = "sync.agreement";  // the last Agreement
}  // namespace note

// A place on the platform that this node was given anew and takes as soon as it has all that the platform
// knows: "device epoch number".
std::optional<Node> place_from(const Log& log);
void set_place(Log& log, const std::optional<Node>& place);

// What came of a copied or restored node, or of a restored platform, told to staff until the next time.
struct Recovery {
    std::string what;  // "joined_anew" or "platform_restored"
    Instant when;
    std::int64_t again = 0;  // own acts that were, or will be, said again
    std::int64_t apart = 0;  // acts of others that the platform does not know any more
};
std::optional<Recovery> recovery_from(const Log& log);
void note_recovery(Log& log, const Recovery& recovery);

// What the last comparison with the platform showed, by its signed statement.
struct Agreement {
    Instant when;
    std::int64_t events = 0, feed = 0;  // own events that the platform has; rows of the feed that are here
    std::int64_t here = 0, there = 0;   // graduates and registrations
    Instant compared;                   // when all rows were last compared one by one and found equal
    // The first thing that differs: "waiting", "event N", "feed N", or a row and how: "registration UUID
    // only_here", "only_there" or "differs". Empty: nothing.
    std::string difference;
};
std::optional<Agreement> agreement_from(const Log& log);
void note_agreement(Log& log, const Agreement& agreement);

// How this clock stood to the platform's at the last answer (R61).
struct ClockNote {
    std::int64_t offset_ms = 0;  // this clock is behind by so much; negative: ahead
    Instant platform_time;       // of that answer

    static constexpr std::int64_t kTold = 120 * kSecond;    // shown to staff from here on
    static constexpr std::int64_t kMostOff = 10 * kMinute;  // nothing is signed beyond it
};
void note_clock(Log& log, const ClockNote& clock);
// As far as is known now: a clock that stands before the platform's last answer is behind by more than it
// was. Nothing where no platform ever answered.
std::optional<ClockNote> clock_from(const Log& log, Instant now);
// Refuses with `clock_off` {minutes} what must not be signed with this clock.
Result<void> check_clock(const Log& log, Instant now);

}  // namespace wq::store
