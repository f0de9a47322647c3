#include "sync/client/round.h"
#include "sync/protocol/digests.h"

#include <algorithm>

namespace wq::client {
namespace {

std::string lost_row(const std::string& row, const char* where) { return row + " " + where; }

// The first row that the two don't have alike.
std::string first_difference(const crypto::RowDigests::Rows& here, const crypto::RowDigests::Rows& there) {
    auto a = here.begin();
    auto b = there.begin();
    for (; a != here.end() && b != there.end() && *a == *b;) ++a, ++b;
    if (a == here.end() && b == there.end()) return "";
    if (b == there.end() || (a != here.end() && a->first < b->first)) return lost_row(a->first, "only_here");
    if (a == here.end() || b->first < a->first) return lost_row(b->first, "only_there");
    return lost_row(a->first, "differs");
}

std::optional<std::size_t> first_bucket(const Bytes& here, const Bytes& there) {
    const auto at = std::ranges::mismatch(here, there).in1;
    if (at == here.end()) return std::nullopt;
    return static_cast<std::size_t>(at - here.begin()) / sizeof(crypto::Digest);
}

}  // namespace

Result<protocol::DigestsAnswer> Round::ask_digests(const std::string& query) {
    const auto value = connection_->call("GET", "/v1/digests" + query);
    if (!value) return tl::make_unexpected(value.error());
    auto answer = protocol::digests_answer_from(*value);
    if (!answer) return refuse("platform_answer_wrong");
    if (answer->school != connection_->sender().school ||
        !platform_key_->verify(protocol::digests_message(*answer), answer->statement))
        return refuse("status_wrong");
    return answer;
}

Result<std::string> Round::compare_rows() {
    const auto top = ask_digests("");
    if (!top) return tl::make_unexpected(top.error());
    if (top->feed != parts_->feed->cursor()) return std::string("moving");
    const crypto::RowDigests here = parts_->store->row_digests();
    const Bytes sums = here.buckets();
    if (crypto::top_of(sums) == top->top) return std::string();
    const auto buckets = ask_digests("?of=buckets");
    if (!buckets) return tl::make_unexpected(buckets.error());
    if (buckets->buckets.size() != sums.size() || crypto::top_of(buckets->buckets) != buckets->top)
        return refuse("status_wrong");
    const auto bucket = first_bucket(sums, buckets->buckets);
    if (!bucket) return std::string("moving");
    const auto rows = ask_digests("?of=bucket&bucket=" + std::to_string(*bucket));
    if (!rows) return tl::make_unexpected(rows.error());
    if (standing() != asked_) return std::string("moving");
    const std::string row = first_difference(here.rows(*bucket), rows->rows);
    return row.empty() ? "moving" : row;
}

// What differs though nothing waits, or "moving" where one side was not at rest.
Result<std::string> Round::difference(const protocol::Status& status, bool thorough) {
    const store::ChainHead head = asked_.head;
    if (parts_->log->outbox().waiting > 0) return std::string("waiting");
    if (standing() != asked_) return std::string("moving");
    if (status.epoch != parts_->log->node().epoch || status.acked_through != head.number ||
        status.head != head.hash)
        return "event " + std::to_string(std::min(head.number, status.acked_through) + 1);
    if (status.feed != asked_.feed.cursor) return std::string("moving");
    if (status.chain != asked_.feed.chain) return "feed " + std::to_string(status.feed);
    if (!thorough) return std::string();
    return compare_rows();
}

Result<void> Round::conclude() {
    store::Agreement agreement = store::agreement_from(*parts_->log).value_or(store::Agreement{});
    const Instant now = connection_->now();
    const bool thorough =
        compares_rows_ || !agreement.difference.empty() || now.ms - agreement.compared.ms > 20 * 60 * kMinute;
    const auto status = ask_status();
    if (!status) return tl::make_unexpected(status.error());
    const auto differs = difference(*status, thorough);
    if (!differs) return tl::make_unexpected(differs.error());
    if (*differs == "moving") return {};  // the next round compares
    agreement.when = now;
    agreement.here = parts_->store->graduates().count() + parts_->store->registrations().count({});
    agreement.there = status->graduates + status->registrations;
    agreement.events = status->acked_through;
    agreement.feed = status->feed;
    agreement.difference = *differs;
    if (thorough && differs->empty()) agreement.compared = now;
    store::note_agreement(*parts_->log, agreement);
    return {};
}

}  // namespace wq::client
