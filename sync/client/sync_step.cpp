#include "sync/client/sync_step.h"

#include "sync/client/round.h"

#include <algorithm>

namespace wq::client {

bool ends_round(const Refusal& refusal) {
    constexpr std::string_view codes[] = {
        "platform_unreachable", "platform_timeout", "platform_answer_wrong", "platform_fault",
        "device_unknown",       "device_revoked",   "database_away",         "signature_wrong",
        "clock_skew",           "disk_full",        "file_unwritable"};
    return std::ranges::count(codes, refusal.code) > 0;
}

SyncResult SyncStep::run() {
    SyncResult result;
    const store::Node node = parts_.log->node();
    const auto spki = from_hex(parts_.log->note(note::kPlatformKey));
    const auto key =
        spki ? crypto::Verifier::from_spki(*spki) : Result<crypto::Verifier>(refuse("not_enrolled"));
    if (!key || node.school.empty()) {
        result.failed = Refusal{"not_enrolled"};
        return result;
    }
    Connection connection(world_, {node.school, node.device});
    Round round(parts_, connection, *key, result);
    // Pictures after the acts that name them, and both before the others' news: what this node knows alone
    // is in greater danger.
    for (const auto part :
         {&Round::push, &Round::send_pictures, &Round::pull, &Round::fetch_list, &Round::fetch_pictures}) {
        const Result<void> done = (round.*part)();
        if (done) continue;
        if (!result.failed) result.failed = done.error();
        if (ends_round(done.error())) break;
    }
    result.clock_offset_ms = connection.clock_offset();
    if (!result.failed) parts_.log->set_note(note::kLastSuccess, to_iso(world_.clock->now()));
    parts_.log->set_note(note::kLastFailure, result.failed ? result.failed->code : "");
    return result;
}

}  // namespace wq::client
