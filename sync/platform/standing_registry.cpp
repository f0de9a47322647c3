// The register's doors for looking after nodes: when each was heard, and what it and the platform hold of
// each other.
#include "sync/platform/registry_parts.h"
#include "sync/platform/row_digests.h"

#include <algorithm>

namespace wq::platform {

std::vector<NodeLine> Registry::nodes(const std::string& school) {
    return parts_->connections.read([&](Database& database) {
        std::vector<NodeLine> lines;
        const auto contacts = Contacts::of(database, school);
        for (const Node& node : Nodes(database).all(school)) {
            NodeLine line = line_of(node);
            const auto at = contacts.find(node.sender.device);
            // Epochs follow each other: an older one is nobody's any more.
            if (!lines.empty() && lines.back().sender == node.sender) {
                lines.back().silent_since = lines.back().failing_since = {};
                lines.back().failing.clear();
            }
            if (at != contacts.end()) {
                line.seen.ms = std::max(line.seen.ms, at->second.seen.ms);
                line.failing = at->second.code;
                line.failing_since = at->second.failing_since;
            }
            if (line.state != "revoked" && now().ms - line.seen.ms > NodeLine::kSilent)
                line.silent_since = line.seen;
            lines.push_back(std::move(line));
        }
        return lines;
    });
}

std::vector<NodeLine> Registry::nodes_in_trouble() {
    std::vector<NodeLine> lines;
    for (const SchoolLine& school : schools())
        for (NodeLine& line : nodes(school.code))
            if (line.is_in_trouble()) lines.push_back(std::move(line));
    return lines;
}

std::vector<Bytes> Registry::former_keys(const protocol::Sender& sender) {
    return parts_->connections.read([&](Database& database) { return Nodes(database).former_keys(sender); });
}

void Registry::note_contact(const protocol::Sender& sender, std::string_view path, std::string_view code) {
    parts_->contacts.note(parts_->connections, sender, now(), path, code);
}

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
                              standing.challenge,
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
