// The register's doors for comparing: what a node and the platform hold of each other.
#include "sync/platform/registry_parts.h"

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

}  // namespace wq::platform
