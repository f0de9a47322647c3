#include "data/crypto/hash.h"
#include "sync/client/round.h"

#include <algorithm>

namespace wq::client {
namespace {

constexpr std::int64_t kInstancesApart = 2 * kMinute;

// Waiting events without a gap, from the oldest.
std::vector<store::WaitingEvent> next_batch(const store::Log& log, std::size_t limit) {
    auto waiting = log.waiting(limit, protocol::kMaxBatchBytes);
    for (std::size_t i = 1; i < waiting.size(); ++i)
        if (waiting[i].number != waiting[i - 1].number + 1) {
            waiting.resize(i);
            break;
        }
    return waiting;
}

// The answer must be about this push, and signed: a verdict is final.
bool fits(const protocol::PushAnswer& answer, const protocol::Push& push, const crypto::Verifier& key) {
    if (answer.device != push.device || answer.epoch != push.epoch) return false;
    if (answer.need_from == 0 && answer.verdicts.size() != push.events.size()) return false;
    for (std::size_t i = 0; i < answer.verdicts.size(); ++i)
        if (answer.verdicts[i].number != push.base + static_cast<std::int64_t>(i)) return false;
    return key.verify(protocol::receipt_message(answer), answer.receipt);
}

}  // namespace

protocol::Push Round::push_of(const std::vector<store::WaitingEvent>& batch) const {
    const store::Node node = parts_->log->node();
    protocol::Push push;
    push.device = node.device;
    push.epoch = node.epoch;
    push.base = batch.front().number;
    push.previous = parts_->log->hash_at(push.base - 1);
    for (const store::WaitingEvent& event : batch) push.events.push_back(event.bytes);
    return push;
}

Result<protocol::PushAnswer> Round::push_batch(const std::vector<store::WaitingEvent>& batch) {
    const protocol::Push push = push_of(batch);
    const auto value = connection_->call("POST", "/v1/push", cbor::encode(protocol::to_cbor(push)));
    if (!value) return tl::make_unexpected(value.error());
    auto answer = protocol::push_answer_from(*value);
    if (!answer) return refuse("platform_answer_wrong");
    if (!fits(*answer, push, *platform_key_)) return refuse("receipt_wrong");
    return answer;
}

// One that was carried: about this chain, and no event that is not in it.
Result<void> Round::take_answer(const cbor::Value& value) {
    const auto answer = protocol::push_answer_from(value);
    const store::Node node = parts_->log->node();
    if (!answer || answer->device != node.device || answer->epoch != node.epoch)
        return refuse("platform_answer_wrong");
    if (!platform_key_->verify(protocol::receipt_message(*answer), answer->receipt) ||
        parts_->log->hash_at(answer->acked_through) != answer->head)
        return refuse("receipt_wrong");
    note(*answer);
    if (answer->need_from > 0)
        return refuse("platform_lacks_events", {{"from", std::to_string(answer->need_from)}});
    return {};
}

void Round::note(const protocol::PushAnswer& answer) {
    std::vector<store::Verdict> verdicts;
    for (const protocol::EventVerdict& event : answer.verdicts) {
        verdicts.push_back({event.number, event.verdict, event.why.code});
        ++result_->pushed;
        ++(event.verdict == protocol::verdict::kAccepted   ? result_->accepted
           : event.verdict == protocol::verdict::kRejected ? result_->rejected
                                                           : result_->quarantined);
    }
    parts_->log->note_verdicts(verdicts);
    parts_->log->set_note(note::kReceipt, to_hex(cbor::encode(protocol::to_cbor(answer))));
}

Result<void> Round::push() {
    parts_->drafts->tell();
    std::size_t limit = protocol::kMaxBatchEvents;
    for (auto batch = next_batch(*parts_->log, limit); !batch.empty();
         batch = next_batch(*parts_->log, limit)) {
        const auto answer = push_batch(batch);
        if (!answer && answer.error().code == "batch_too_large") {
            // Too large for what stands before the platform. An event that is so by itself can't hold up
            // the rest.
            if (batch.size() == 1) parts_->log->set_aside(batch.front().number, "event_too_large");
            limit = std::max<std::size_t>(batch.size() / 2, 1);
            continue;
        }
        if (!answer) return tl::make_unexpected(answer.error());
        limit = std::min(protocol::kMaxBatchEvents, 2 * limit);
        if (answer->need_from > 0)
            return refuse("platform_lacks_events", {{"from", std::to_string(answer->need_from)}});
        note(*answer);
    }
    return {};
}

Result<cbor::Value> Round::feed_page(std::int64_t after, int wait) {
    const std::string waiting = wait > 0 ? "&wait=" + std::to_string(wait) : "";
    return connection_->call("GET", "/v1/feed?after=" + std::to_string(after) +
                                        "&limit=" + std::to_string(protocol::kMaxFeedRows) + waiting);
}

// What of a page is new here, adopted; true while more is to come.
Result<bool> Round::take_page(const cbor::Value& value) {
    const auto page = protocol::feed_page_from(value);
    if (!page) return refuse("platform_answer_wrong");
    if (page->school != connection_->sender().school ||
        !platform_key_->verify(protocol::checkpoint_message(*page), page->checkpoint))
        return refuse("feed_wrong");
    auto [after, chain] = parts_->feed->point();
    std::vector<store::FeedRow> rows;
    for (const Bytes& bytes : page->rows) {
        auto entry = protocol::feed_entry_from(bytes);
        if (!entry) return refuse("feed_wrong");
        if (entry->feed <= after) continue;
        chain = protocol::feed_chain(chain, bytes);
        rows.push_back({entry->feed, std::move(entry->event), std::move(entry->verdict),
                        std::move(entry->why.code), entry->received});
    }
    if (page->through < after) return page->through < page->last;
    const auto through = after + static_cast<std::int64_t>(rows.size());
    if (chain != page->chain || page->through != through) return refuse("feed_wrong");
    if (rows.empty()) return false;
    const auto adopted = parts_->feed->adopt(rows, chain);
    if (!adopted) return tl::make_unexpected(adopted.error());
    result_->pulled += adopted->rows;
    result_->conflicts += adopted->conflicts;
    return page->through < page->last;
}

Result<void> Round::pull() { return pull_after(0); }

// Waits for the first page only.
Result<void> Round::pull_after(int wait) {
    for (;; wait = 0) {
        const auto page = feed_page(parts_->feed->cursor(), wait);
        if (!page) return tl::make_unexpected(page.error());
        const auto more = take_page(*page);
        if (!more) return tl::make_unexpected(more.error());
        if (!*more) return {};
    }
}

// The content travels only when it has changed; that it still holds is signed each time.
Result<void> Round::fetch_list() {
    const auto value = connection_->call("GET", list_target());
    return value ? take_list(*value) : tl::make_unexpected(value.error());
}

std::string Round::list_target() const {
    const auto kept = parts_->papers->verification_list();
    return "/v1/verification-list" + (kept ? "?have=" + to_hex(crypto::sm3(kept->content)) : "");
}

Result<void> Round::take_list(const cbor::Value& value) {
    const auto kept = parts_->papers->verification_list();
    auto answer = protocol::list_answer_from(value);
    if (!answer || (!answer->content && !kept)) return refuse("platform_answer_wrong");
    crypto::SignedList list{answer->content ? std::move(*answer->content) : kept->content, answer->as_of,
                            answer->signature,
                            from_hex(parts_->log->note(note::kPlatformKey)).value_or(Bytes{})};
    if (!crypto::is_signed_by(list, *platform_key_) || !crypto::verification_list_from(list.content))
        return refuse("verification_list_wrong");
    // An older one, sent again by whoever stands between, would hide what has ended since. Instances of one
    // platform sign each for itself, and their clocks differ by a little: that is nobody's fault.
    const bool is_older = kept && kept->signer == list.signer && list.as_of < kept->as_of;
    if (is_older && kept->as_of.ms - list.as_of.ms > kInstancesApart) return refuse("verification_list_old");
    if (!is_older) parts_->papers->keep(list);
    return {};
}

}  // namespace wq::client
