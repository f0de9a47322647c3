#include "sync/client/sync_step.h"

#include "sync/client/round.h"

#include <algorithm>

namespace wq::client {

bool ends_round(const Refusal& refusal) {
    constexpr std::string_view codes[] = {"platform_unreachable", "platform_timeout", "platform_answer_wrong",
                                          "platform_fault",       "device_unknown",   "device_revoked",
                                          "signature_wrong",      "clock_skew",       "disk_full",
                                          "file_unwritable",      "status_wrong",     "platform_busy",
                                          "interrupted",          "database_away",    "platform_unproven"};
    return std::ranges::count(codes, refusal.code) > 0;
}

Result<crypto::Verifier> SyncStep::platform_key() const {
    const auto spki = from_hex(parts_.log->note(note::kPlatformKey));
    if (!spki || spki->empty() || parts_.log->node().school.empty()) return refuse("not_enrolled");
    return crypto::Verifier::from_spki(*spki);
}

Connection SyncStep::connection() const {
    const store::Node node = parts_.log->node();
    return {world_, {node.school, store::place_from(*parts_.log).value_or(node).device}};
}

Result<std::int64_t> SyncStep::pull_news(int wait_seconds) {
    const auto key = platform_key();
    if (!key) return tl::make_unexpected(key.error());
    SyncResult result;
    Connection platform = connection();
    Round round(parts_, platform, *key, result);
    if (auto pulled = round.pull_after(wait_seconds); !pulled) return tl::make_unexpected(pulled.error());
    if (result.pulled > 0)
        if (auto fetched = round.fetch_pictures(); !fetched) return tl::make_unexpected(fetched.error());
    return result.pulled;
}

SyncResult SyncStep::run(bool compare) {
    SyncResult result;
    const auto key = platform_key();
    if (!key) {
        result.failed = Refusal{"not_enrolled"};
        return result;
    }
    Connection platform = connection();
    Round round(parts_, platform, *key, result);
    // False where the rest of the round would fare no better.
    const auto done = [&](Result<void> (Round::*part)()) {
        const Result<void> went = (round.*part)();
        if (!went && !result.failed) result.failed = went.error();
        return went || !ends_round(went.error());
    };
    bool goes_on = done(&Round::meet);
    if (goes_on && round.recovers()) goes_on = done(&Round::pull) && (result.failed || done(&Round::recover));
    // Pictures after the acts that name them, and both before the others' news: what this node knows alone
    // is in greater danger.
    const bool may_speak = !round.recovers() && !is_adrift(parts_.log->node());
    if (goes_on && may_speak) goes_on = done(&Round::push);
    for (const auto part : {&Round::send_pictures, &Round::pull, &Round::fetch_list, &Round::fetch_pictures})
        goes_on = goes_on && done(part);
    if (compare) round.compare_rows_anyhow();
    if (goes_on && may_speak) done(&Round::conclude);
    note_outcome(result);
    return result;
}

void SyncStep::note_outcome(const SyncResult& result) {
    store::Log& log = *parts_.log;
    const std::string now = to_iso(world_.clock->now());
    if (!result.failed) {
        log.set_note(note::kLastSuccess, now);
        log.set_note(note::kFailingSince, "");
    } else if (log.note(note::kFailingSince).empty()) {
        log.set_note(note::kFailingSince, now);
    }
    log.set_note(note::kLastFailure, result.failed ? result.failed->code : "");
}

}  // namespace wq::client
