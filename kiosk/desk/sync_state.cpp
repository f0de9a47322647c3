#include "kiosk/desk/sync_state.h"

#include <cstdlib>

namespace wq::desk {
namespace {

std::string shown(const std::string& iso) {
    const auto moment = instant_from_iso(iso);
    return moment ? shown_time(*moment) : "";
}

std::string fault_of(const store::Log& log, const Speech& speech) {
    const std::string code = log.note(store::note::kLastFailure);
    if (code.empty()) return "";
    const std::string since = shown(log.note(store::note::kFailingSince));
    const std::string says = speech(Refusal{code});
    return since.empty() ? says : speech.say("staff.sync.failing", {{"fault", says}, {"since", since}});
}

// "registration 0197… only_here": a row, and how it differs.
std::string difference_in_words(const std::string& difference, const Speech& speech) {
    const std::size_t how = difference.rfind(' ');
    const std::string last = how == std::string::npos ? difference : difference.substr(how + 1);
    if (last == "only_here" || last == "only_there" || last == "differs")
        return speech.say("staff.sync." + last, {{"row", difference.substr(0, how)}});
    return speech.say("staff.sync.differs", {{"row", difference}});
}

void tell_agreement(const store::Log& log, const Speech& speech, SyncState& state) {
    const auto agreement = store::agreement_from(log);
    if (!agreement) return;
    const bool waits = agreement->difference == "waiting" || state.outbox.waiting > 0;
    state.agrees = agreement->difference.empty() || waits;
    const std::string verdict = waits          ? speech.say("staff.sync.not_all_sent")
                                : state.agrees ? speech.say("staff.sync.equal")
                                               : difference_in_words(agreement->difference, speech);
    state.agreement = speech.say("staff.sync.agreement", {{"here", grouped(agreement->here)},
                                                          {"there", grouped(agreement->there)},
                                                          {"verdict", verdict},
                                                          {"when", shown_time(agreement->when)}});
}

void tell_clock(const store::Log& log, Instant now, const Speech& speech, SyncState& state) {
    const auto clock = store::clock_from(log, now);
    if (!clock || std::abs(clock->offset_ms) <= store::ClockNote::kTold) return;
    state.clock_wrong = std::abs(clock->offset_ms) > store::ClockNote::kMostOff;
    state.clock = speech.say(state.clock_wrong ? "staff.sync.clock_wrong" : "staff.sync.clock_off",
                             {{"minutes", std::to_string(std::abs(clock->offset_ms) / kMinute)}});
}

}  // namespace

std::string grouped(std::int64_t number) {
    const std::string digits = std::to_string(number);
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const std::size_t left = digits.size() - i;
        if (i > 0 && left % 3 == 0 && digits[i - 1] != '-') text += ',';
        text += digits[i];
    }
    return text;
}

std::string balance_in_words(const store::Balance& balance, const Speech& speech) {
    const auto number = [](std::int64_t count) { return grouped(count); };
    return speech.say("staff.sync.balance",
                      {{"day", to_iso(balance.day)},
                       {"said", number(balance.said)},
                       {"printed", number(balance.printed)},
                       {"voided", number(balance.voided)},
                       {"returned", number(balance.returned)},
                       {"sent", number(balance.sent)},
                       {"accepted", number(balance.accepted)},
                       {"rejected", number(balance.rejected)},
                       {"waiting", number(balance.waiting)},
                       {"verdict", balance.missing.empty()
                                       ? speech.say("staff.sync.balances")
                                       : speech.say("staff.sync.missing", {{"row", balance.missing}})}});
}

SyncState sync_state(Home& home, const Speech& speech) {
    store::Store& store = home.store();
    const store::Log& log = store.log();
    SyncState state;
    state.outbox = log.outbox();
    state.feed = store.feed().cursor();
    state.pictures = static_cast<std::int64_t>(store.pictures().to_send(10000).size());
    state.platform = log.note(store::kPlatformNote);
    state.last_success = shown(log.note(store::note::kLastSuccess));
    state.last_fault = fault_of(log, speech);
    state.next_try = shown(log.note(store::note::kNextTry));
    state.conflicts = store.feed().conflicts();
    tell_agreement(log, speech, state);
    tell_clock(log, home.clock().now(), speech, state);
    if (const auto recovery = store::recovery_from(log))
        state.recovery = speech.say("staff.sync." + recovery->what, {{"when", shown_time(recovery->when)},
                                                                     {"again", grouped(recovery->again)},
                                                                     {"apart", grouped(recovery->apart)}});
    if (const auto balance = store.balances().last_closed()) {
        state.balance = balance_in_words(*balance, speech);
        state.balances = balance->missing.empty();
    }
    return state;
}

}  // namespace wq::desk
