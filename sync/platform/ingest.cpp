#include "sync/platform/ingest.h"

#include "sync/platform/judge.h"

#include <algorithm>

namespace wq::platform {
namespace {

using soci::use;

using domain::Hash;

struct Arrival {
    std::int64_t number = 0;
    const Bytes* bytes = nullptr;
    Hash hash{};
    Result<domain::Event> event;
};

std::string digits(std::int64_t number) { return std::to_string(number); }

// Reads the batch and proves that each readable event follows the one before it.
Result<std::vector<Arrival>> arrivals_of(const Node& node, const protocol::Push& push) {
    std::vector<Arrival> arrivals;
    Hash before = push.previous;
    std::int64_t number = push.base;
    for (const Bytes& bytes : push.events) {
        Arrival arrival{number, &bytes, protocol::event_hash(bytes), domain::decode_event(bytes)};
        const auto& event = arrival.event;
        if (event && (event->previous != before || event->number != number || event->epoch != push.epoch ||
                      event->device != node.sender.device))
            return refuse("chain_broken", {{"number", digits(number)}});
        before = arrival.hash;
        ++number;
        arrivals.push_back(std::move(arrival));
    }
    return arrivals;
}

Result<void> check_push(const Node& node, const protocol::Push& push) {
    if (node.state != "active") return refuse("device_quarantined", {{"reason", node.reason}});
    if (push.device != node.sender.device || push.epoch != node.epoch)
        return refuse("epoch_wrong", {{"epoch", digits(node.epoch)}});
    const auto key = crypto::Verifier::from_spki(node.public_key);
    if (!key) throw Fault("a node's key can't be read");
    if (!key->verify(protocol::push_message(push, protocol::head_after(push)), push.signature))
        return refuse("signature_wrong");
    return {};
}

// One push on its way through the transaction.
class Intake {
  public:
    Intake(Database& database, const domain::Codes& codes, const Node& node, Instant now)
        : database_(&database),
          codes_(&codes),
          node_(node),
          now_(now),
          tables_(database, node.sender.school),
          feed_(database, node.sender.school),
          head_(feed_.lock()) {}

    // False at a fork.
    bool take(const Arrival& arrival) {
        if (arrival.number > node_.last) return take_new(arrival);
        const auto stored = feed_.find(node_, arrival.number);
        if (!stored || stored->hash != arrival.hash) return false;
        verdicts_.push_back(stored->answer);
        return true;
    }

    protocol::PushAnswer answer(std::int64_t need_from) const {
        return {node_.sender.school, node_.sender.device, node_.epoch, node_.last, node_.chain,
                head_.last,          need_from,           verdicts_,   now_,       {}};
    }

    void finish() {
        feed_.note_head(head_);
        Nodes(*database_).note_chain(node_, node_.last, node_.chain);
    }

  private:
    bool take_new(const Arrival& arrival) {
        if (arrival.event && arrival.event->previous != node_.chain) return false;
        protocol::FeedEntry entry{
            head_.last + 1, *arrival.bytes, std::string(protocol::verdict::kAccepted), {}, now_};
        const auto judged = arrival.event ? judge(tables_, *codes_, *arrival.event, entry.feed)
                                          : Result<void>(tl::make_unexpected(arrival.event.error()));
        if (!judged) {
            entry.why = judged.error();
            entry.verdict =
                is_quarantine(entry.why) ? protocol::verdict::kQuarantined : protocol::verdict::kRejected;
        }
        EventKey key{arrival.number, arrival.hash, "", {}};
        if (arrival.event) key.type = arrival.event->type, key.registration = arrival.event->registration;
        feed_.add(head_, node_, key, entry);
        verdicts_.push_back({arrival.number, entry.verdict, entry.why, false});
        node_.last = arrival.number;
        node_.chain = arrival.hash;
        return true;
    }

    Database* database_;
    const domain::Codes* codes_;
    Node node_;
    Instant now_;
    SchoolTables tables_;
    Feed feed_;
    FeedHead head_;
    std::vector<protocol::EventVerdict> verdicts_;
};

// The other branch is evidence: what the node said may be the true one.
void keep_fork(Database& database, const Node& node, const std::vector<Arrival>& arrivals, Instant now) {
    soci::transaction transaction(database.sql());
    const std::string device = to_text(node.sender.device);
    for (const Arrival& arrival : arrivals) {
        const std::string hash = text_of(arrival.hash), event = database.seal(*arrival.bytes, "fork.event");
        database.sql() << "INSERT INTO fork (school, device, epoch, number, hash, event, received) VALUES"
                          " (:school, :device, :epoch, :number, :hash, :event, :received)"
                          " ON CONFLICT (school, device, epoch, number, hash) DO NOTHING",
            use(node.sender.school), use(device), use(node.epoch), use(arrival.number), use(hash), use(event),
            use(now.ms);
    }
    Nodes(database).set_state(node, "quarantined", "fork");
    transaction.commit();
}

}  // namespace

Result<Taken> take(Database& database, const domain::Codes& codes, const Node& claimed,
                   const protocol::Push& push, Instant now) {
    if (auto proven = check_push(claimed, push); !proven) return tl::make_unexpected(proven.error());
    const auto arrivals = arrivals_of(claimed, push);
    if (!arrivals) return tl::make_unexpected(arrivals.error());
    soci::transaction transaction(database.sql());
    Feed(database, claimed.sender.school).lock();
    const Node node = Nodes(database).find(claimed.sender).value_or(claimed);
    Intake intake(database, codes, node, now);
    if (push.base > node.last + 1) return Taken{intake.answer(node.last + 1)};
    for (const Arrival& arrival : *arrivals) {
        if (intake.take(arrival)) continue;
        transaction.rollback();
        keep_fork(database, node, *arrivals, now);
        return refuse("fork", {{"number", digits(arrival.number)}});
    }
    intake.finish();
    transaction.commit();
    const auto is_warning = [](const Arrival& arrival) {
        return arrival.event && arrival.event->type == domain::event_type::kWarning;
    };
    return Taken{intake.answer(0), std::ranges::any_of(*arrivals, is_warning)};
}

}  // namespace wq::platform
