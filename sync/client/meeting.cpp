#include "sync/client/round.h"

#include <cstdlib>

namespace wq::client {
namespace {

using store::Node;

std::string status_target(const protocol::Standing& standing) {
    return "/v1/status?epoch=" + std::to_string(standing.epoch) +
           "&number=" + std::to_string(standing.number) + "&feed=" + std::to_string(standing.feed) +
           "&challenge=" + to_hex(standing.challenge);
}

}  // namespace

Round::Standing Round::standing() const {
    return {parts_->log->head(), parts_->feed->point(), parts_->log->answered_through()};
}

Result<protocol::Status> Round::ask_status() {
    const Node node = parts_->log->node();
    asked_ = standing();
    const std::int64_t number = is_adrift(node) ? 0 : asked_.head.number;
    const protocol::Standing standing{node.epoch, number, asked_.feed.cursor, connection_->fresh_nonce()};
    const auto value = connection_->call("GET", status_target(standing));
    if (!value) return tl::make_unexpected(value.error());
    auto status = protocol::status_from(*value);
    if (!status) return refuse("platform_answer_wrong");
    if (status->school != connection_->sender().school || status->device != connection_->sender().device ||
        status->challenge != standing.challenge ||
        !platform_key_->verify(protocol::status_message(*status), status->statement))
        return refuse("status_wrong");
    const std::int64_t offset = status->platform_time.ms - connection_->now().ms;
    store::note_clock(*parts_->log, {offset, status->platform_time});
    result_->clock_offset_ms = std::abs(offset) > store::ClockNote::kTold ? offset : 0;
    return status;
}

// What this node said and the platform has must be one chain, told by the same node. Where it is not,
// nothing is said under its numbers any more. The head is that of now: another program of this node may have
// said something, and sent it, while the platform answered.
Result<void> Round::compare_chains(const protocol::Status& status) {
    const Node node = parts_->log->node();
    const store::ChainHead head = parts_->log->head();
    const char* trouble = nullptr;
    if (status.epoch != node.epoch)
        trouble = "epoch_wrong";
    else if (status.acked_through > head.number)
        trouble = status.event_there == head.hash ? "device_behind" : "fork";
    else if (parts_->log->hash_at(status.acked_through) != status.head)
        trouble = "fork";
    if (!trouble) return {};
    parts_->log->set_adrift();
    return refuse(trouble, {{"epoch", std::to_string(status.epoch)}});
}

Result<void> Round::meet() {
    const auto status = ask_status();
    if (!status) return tl::make_unexpected(status.error());
    if (status->chain_there != asked_.feed.chain && !parts_->feed->is_starting_over())
        parts_->feed->start_over();
    recovers_ = parts_->feed->is_starting_over();
    if (const auto place = store::place_from(*parts_->log)) {
        recovers_ = true;
        return status->epoch == place->epoch ? Result<void>() : refuse("epoch_wrong");
    }
    if (is_adrift(parts_->log->node())) return refuse("device_adrift");
    if (auto same = compare_chains(*status); !same) return same;
    again_ = parts_->log->platform_lacks(status->acked_through, asked_.answered);
    if (again_ > 0 && !recovers_) tell("platform_restored", 0);
    return {};
}

Result<void> Round::recover() {
    store::StartedOver over;
    if (parts_->feed->is_starting_over()) over = parts_->feed->finish_start();
    again_ += over.own;
    const auto place = store::place_from(*parts_->log);
    if (place) {
        again_ = parts_->log->begin_epoch(*place);
        store::set_place(*parts_->log, std::nullopt);
    }
    recovers_ = false;
    tell(place ? "joined_anew" : "platform_restored", over.others);
    return {};
}

void Round::tell(const char* what, std::int64_t apart) {
    result_->recovered = store::Recovery{what, connection_->now(), again_, apart};
    store::note_recovery(*parts_->log, *result_->recovered);
}

}  // namespace wq::client
