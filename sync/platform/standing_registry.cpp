// The register's doors for comparing: what a node and the platform hold of each other.
#include "sync/platform/registry_parts.h"
#include "sync/platform/row_digests.h"

namespace wq::platform {

protocol::Status Registry::status(const protocol::Sender& sender, const protocol::Standing& standing) {
    protocol::Status status = parts_->connections.read([&](Database& database) {
        Node node = Nodes(database).find(sender).value_or(Node{});
        Feed feed(database, sender.school);
        const FeedHead head = feed.head();
        SchoolTables tables(database, sender.school);
        protocol::Status here{sender.school,
                              sender.device,
                              node.epoch,
                              node.last,
                              node.chain,
                              head.last,
                              head.chain,
                              tables.count_graduates(),
                              tables.count_registrations(),
                              {},
                              feed.chain_at(standing.feed),
                              now(),
                              {}};
        node.epoch = standing.epoch;
        if (standing.number == 0)
            here.event_there = domain::Hash{};
        else if (const auto event = feed.find(node, standing.number))
            here.event_there = event->hash;
        return here;
    });
    status.statement = parts_->signer.sign(protocol::status_message(status));
    return status;
}

protocol::DigestsAnswer Registry::digests(const std::string& school, std::optional<std::size_t> bucket) {
    constexpr int kTries = 5;
    return parts_->connections.read([&](Database& database) {
        Feed feed(database, school);
        protocol::DigestsAnswer answer{school, feed.head().last, 0, {}, {}};
        for (int attempt = 0; attempt < kTries; ++attempt) {
            const crypto::RowDigests rows = row_digests(database, school);
            const std::int64_t last = feed.head().last;
            const bool at_rest = last == answer.feed;
            answer.feed = last;
            if (!at_rest && attempt + 1 < kTries) continue;
            Bytes sums = rows.buckets();
            answer.count = rows.count();
            answer.top = crypto::top_of(sums);
            if (bucket == crypto::RowDigests::kBuckets)
                answer.buckets = std::move(sums);
            else if (bucket)
                answer.rows = rows.rows(*bucket);
            break;
        }
        answer.platform_time = now();
        answer.statement = parts_->signer.sign(protocol::digests_message(answer));
        return answer;
    });
}

}  // namespace wq::platform
