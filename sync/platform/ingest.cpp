#include "sync/platform/ingest.h"

#include <algorithm>

namespace wq::platform {
namespace {

using soci::use;

std::string digits(std::int64_t number) { return std::to_string(number); }

// What the events will be judged by.
void expect(const Arrival& arrival, Expected& expected) {
    if (!arrival.event) return;
    const domain::Event& event = *arrival.event;
    if (!event.exam_number.empty()) expected.exam_numbers.insert(event.exam_number);
    if (!event.registration.is_nil()) expected.registrations.insert(event.registration);
    if (const std::string& number = event.body["number"].as_text(); !number.empty())
        expected.numbers.insert(number);
    if (event.type != domain::event_type::kRoster) return;
    for (const cbor::Value& graduate : event.body["graduates"].as_array())
        expected.exam_numbers.insert(graduate["exam_number"].as_text());
}

// One push on its way into the ledger.
class Intake {
  public:
    Intake(Ledger& ledger, Node& node) : ledger_(&ledger), node_(&node) {}

    Result<Taken> take(const ArrivedPush& push) {
        if (node_->state != "active") return refuse("device_quarantined", {{"reason", node_->reason}});
        if (push.epoch != node_->epoch) return refuse("epoch_wrong", {{"epoch", digits(node_->epoch)}});
        if (push.base > node_->last + 1) return Taken{answer(node_->last + 1)};
        // Nothing is taken of a push that turns out to be another branch.
        if (auto known = take_known(push); !known) return tl::make_unexpected(known.error());
        Taken taken;
        for (const Arrival& arrival : push.events) {
            if (arrival.number > node_->last) take_new(arrival);
            // Of one that came before, too: what it marks may not have been told yet.
            taken.warned |= arrival.event && arrival.event->type == domain::event_type::kWarning;
        }
        taken.answer = answer(0);
        return taken;
    }

  private:
    Result<void> take_known(const ArrivedPush& push) {
        const auto fork = [](std::int64_t number) { return refuse("fork", {{"number", digits(number)}}); };
        if (push.base == node_->last + 1 && push.previous != node_->chain) return fork(push.base);
        for (const Arrival& arrival : push.events) {
            if (arrival.number > node_->last) break;
            const auto stored = ledger_->feed().find(*node_, arrival.number);
            if (!stored || stored->hash != arrival.hash) return fork(arrival.number);
            verdicts_.push_back(stored->answer);
        }
        return {};
    }

    void take_new(const Arrival& arrival) {
        protocol::FeedEntry entry{ledger_->head().last + 1,
                                  arrival.bytes,
                                  std::string(protocol::verdict::kAccepted),
                                  {},
                                  ledger_->now()};
        const auto judged = arrival.event
                                ? judge(ledger_->tables(), ledger_->codes(), *arrival.event, entry.feed)
                                : Result<void>(tl::make_unexpected(arrival.event.error()));
        if (!judged) {
            entry.why = judged.error();
            entry.verdict =
                is_quarantine(entry.why) ? protocol::verdict::kQuarantined : protocol::verdict::kRejected;
        }
        EventKey key{arrival.number, arrival.hash, "", {}};
        if (arrival.event) key.type = arrival.event->type, key.registration = arrival.event->registration;
        ledger_->add(*node_, key, entry);
        verdicts_.push_back({arrival.number, entry.verdict, entry.why, false});
        node_->last = arrival.number;
        node_->chain = arrival.hash;
    }

    protocol::PushAnswer answer(std::int64_t need_from) const {
        return {node_->sender.school,
                node_->sender.device,
                node_->epoch,
                node_->last,
                node_->chain,
                ledger_->head().last,
                need_from,
                verdicts_,
                ledger_->now(),
                {},
                {}};
    }

    Ledger* ledger_;
    Node* node_;
    std::vector<protocol::EventVerdict> verdicts_;
};

}  // namespace

Result<ArrivedPush> arrived(const protocol::Sender& sender, const protocol::Push& push) {
    if (push.device != sender.device) return refuse("epoch_wrong", {{"epoch", "0"}});
    ArrivedPush arrived{sender, push.epoch, push.base, push.previous, {}};
    domain::Hash before = push.previous;
    std::int64_t number = push.base;
    for (const Bytes& bytes : push.events) {
        Arrival arrival{number, bytes, protocol::event_hash(bytes), domain::decode_event(bytes)};
        const auto& event = arrival.event;
        if (event && (event->previous != before || event->number != number || event->epoch != push.epoch ||
                      event->device != sender.device))
            return refuse("chain_broken", {{"number", digits(number)}});
        before = arrival.hash;
        ++number;
        arrived.events.push_back(std::move(arrival));
    }
    return arrived;
}

std::vector<Result<Taken>> take(Ledger& ledger, const std::vector<const ArrivedPush*>& pushes) {
    Nodes nodes(ledger.database());
    std::vector<Uuid> devices;
    Expected expected;
    for (const ArrivedPush* push : pushes) {
        devices.push_back(push->sender.device);
        for (const Arrival& arrival : push->events) expect(arrival, expected);
    }
    ledger.tables().expect(expected);
    std::map<Uuid, Node> known = nodes.newest(ledger.school(), devices);
    std::vector<Result<Taken>> taken;
    for (const ArrivedPush* push : pushes) {
        const auto node = known.find(push->sender.device);
        taken.push_back(node == known.end() ? Result<Taken>(refuse("device_unknown"))
                                            : Intake(ledger, node->second).take(*push));
    }
    nodes.note_chains(ledger.school(), known);
    return taken;
}

void keep_fork(Database& database, const ArrivedPush& push, Instant now) {
    const std::string device = to_text(push.sender.device);
    for (const Arrival& arrival : push.events) {
        const std::string hash = text_of(arrival.hash), event = database.seal(arrival.bytes, "fork.event");
        database.sql() << "INSERT INTO fork (school, device, epoch, number, hash, event, received) VALUES"
                          " (:school, :device, :epoch, :number, :hash, :event, :received)"
                          " ON CONFLICT (school, device, epoch, number, hash) DO NOTHING",
            use(push.sender.school), use(device), use(push.epoch), use(arrival.number), use(hash), use(event),
            use(now.ms);
    }
    if (const auto node = Nodes(database).find(push.sender); node && node->epoch == push.epoch)
        Nodes(database).quarantine(*node, "fork");
}

}  // namespace wq::platform
