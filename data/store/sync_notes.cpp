#include "data/store/sync_notes.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>

namespace wq::store {

std::optional<Node> place_from(const Log& log) {
    std::istringstream words(log.note(note::kPlace));
    std::string device;
    Node place = log.node();
    if (!(words >> device >> place.epoch >> place.number)) return std::nullopt;
    place.device = uuid_from_text(device).value_or(Uuid{});
    return place;
}

void set_place(Log& log, const std::optional<Node>& place) {
    log.set_note(note::kPlace, place ? to_text(place->device) + " " + std::to_string(place->epoch) + " " +
                                           std::to_string(place->number)
                                     : "");
}

std::optional<Recovery> recovery_from(const Log& log) {
    std::istringstream words(log.note(note::kRecovered));
    Recovery recovery;
    if (!(words >> recovery.what >> recovery.when.ms >> recovery.again >> recovery.apart))
        return std::nullopt;
    return recovery;
}

void note_recovery(Log& log, const Recovery& recovery) {
    log.set_note(note::kRecovered, recovery.what + " " + std::to_string(recovery.when.ms) + " " +
                                       std::to_string(recovery.again) + " " + std::to_string(recovery.apart));
}

std::optional<Agreement> agreement_from(const Log& log) {
    std::istringstream words(log.note(note::kAgreement));
    Agreement a;
    if (!(words >> a.when.ms >> a.events >> a.feed >> a.here >> a.there >> a.compared.ms))
        return std::nullopt;
    std::getline(words >> std::ws, a.difference);
    return a;
}

void note_agreement(Log& log, const Agreement& a) {
    std::ostringstream words;
    words << a.when.ms << ' ' << a.events << ' ' << a.feed << ' ' << a.here << ' ' << a.there << ' '
          << a.compared.ms << ' ' << a.difference;
    log.set_note(note::kAgreement, words.str());
}

void note_clock(Log& log, const ClockNote& clock) {
    log.set_note(note::kClock,
                 std::to_string(clock.offset_ms) + " " + std::to_string(clock.platform_time.ms));
}

std::optional<ClockNote> clock_from(const Log& log, Instant now) {
    std::istringstream words(log.note(note::kClock));
    ClockNote clock;
    if (!(words >> clock.offset_ms >> clock.platform_time.ms)) return std::nullopt;
    clock.offset_ms = std::max(clock.offset_ms, clock.platform_time.ms - now.ms);
    return clock;
}

Result<void> check_clock(const Log& log, Instant now) {
    const auto clock = clock_from(log, now);
    const std::int64_t off = clock ? std::abs(clock->offset_ms) : 0;
    if (off <= ClockNote::kMostOff) return {};
    return refuse("clock_off", {{"minutes", std::to_string(off / kMinute)}});
}

}  // namespace wq::store
