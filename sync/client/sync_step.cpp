#include "sync/client/sync_step.h"

#include "sync/client/round.h"

#include <algorithm>

namespace wq::client {

bool ends_round(const Refusal& refusal) {
    constexpr std::string_view codes[] = {"platform_unreachable", "platform_timeout", "platform_answer_wrong",
                                          "platform_fault",       "device_unknown",   "device_revoked",
                                          "signature_wrong",      "clock_skew",       "disk_full",
                                          "file_unwritable",      "status_wrong"};
    return std::ranges::count(codes, refusal.code) > 0;
}

SyncResult SyncStep::run(bool compare) {
    SyncResult result;
    const store::Node node = parts_.log->node();
    const auto spki = from_hex(parts_.log->note(note::kPlatformKey));
    const auto key =
        spki ? crypto::Verifier::from_spki(*spki) : Result<crypto::Verifier>(refuse("not_enrolled"));
    if (!key || node.school.empty()) {
        result.failed = Refusal{"not_enrolled"};
        return result;
    }
    const store::Node place = store::place_from(*parts_.log).value_or(node);
    Connection connection(world_, {node.school, place.device});
    Round round(parts_, connection, *key, result);
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
    result.clock_offset_ms = connection.clock_offset();
    if (!result.failed) parts_.log->set_note(note::kLastSuccess, to_iso(world_.clock->now()));
    parts_.log->set_note(note::kLastFailure, result.failed ? result.failed->code : "");
    return result;
}

}  // namespace wq::client
