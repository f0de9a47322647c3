#include "sync/platform/author.h"

#include "sync/platform/judge.h"

namespace wq::platform {

using soci::into, soci::use;

Author::Author(Ledger& ledger, crypto::Random& random) : ledger_(&ledger), random_(&random) {
    soci::session& sql = ledger.database().sql();
    const std::string& school = ledger.school();
    std::string device, chain;
    self_.sender.school = school;
    sql << "SELECT device, last, chain FROM author WHERE school = :school", use(school), into(device),
        into(self_.last), into(chain);
    if (sql.got_data()) {
        self_.sender.device = uuid_from_text(device).value_or(Uuid{});
        self_.chain = hash_of(chain);
        return;
    }
    self_.sender.device = random.uuid(ledger.now());
    device = to_text(self_.sender.device);
    chain = text_of(self_.chain);
    sql << "INSERT INTO author (school, device, last, chain) VALUES (:school, :device, 0, :chain)",
        use(school), use(device), use(chain);
}

Result<domain::Registration> Author::act(const Uuid& registration, domain::Kind kind,
                                         const std::string& exam_number, const domain::Command& command) {
    domain::Event event = new_event(domain::event_type::kRegistration, command.actor);
    event.registration = registration;
    event.exam_number = exam_number;
    event.body.set("kind", domain::name_of(kind));
    const auto before = record_before(ledger_->tables(), event);
    if (!before) return before;
    event.expected_revision = before->revision;
    event.expected_state = before->state;
    auto step = decide(ledger_->tables(), ledger_->codes(), *before, command, ledger_->now());
    if (!step) return tl::make_unexpected(step.error());
    event.body = std::move(step->body);
    if (auto written = write(event); !written) return tl::make_unexpected(written.error());
    return std::move(step->after);
}

Result<void> Author::say(std::string_view type, cbor::Value body, const domain::Actor& actor,
                         const std::string& exam_number) {
    domain::Event event = new_event(type, actor);
    event.exam_number = exam_number;
    event.body = std::move(body);
    return write(event);
}

domain::Event Author::new_event(std::string_view type, const domain::Actor& actor) {
    domain::Event event;
    event.type = type;
    event.school = self_.sender.school;
    event.device = self_.sender.device;
    event.epoch = self_.epoch;
    event.number = self_.last + 1;
    event.previous = self_.chain;
    event.id = random_->uuid(ledger_->now());
    event.actor = actor;
    event.seen = ledger_->head().last;
    event.when = ledger_->now();
    event.boot = event.device;
    return event;
}

Result<void> Author::write(domain::Event& event) {
    const Bytes bytes = domain::encode(event);
    const domain::Hash hash = protocol::event_hash(bytes);
    const protocol::FeedEntry entry{
        ledger_->head().last + 1, bytes, std::string(protocol::verdict::kAccepted), {}, ledger_->now()};
    if (auto judged = judge(ledger_->tables(), ledger_->codes(), event, entry.feed, Origin::platform);
        !judged)
        return judged;
    ledger_->add(self_, {event.number, hash, event.type, event.registration}, entry);
    self_.last = event.number;
    self_.chain = hash;
    const std::string chain = text_of(hash);
    ledger_->database().sql() << "UPDATE author SET last = :last, chain = :chain WHERE school = :school",
        use(self_.last), use(chain), use(self_.sender.school);
    return {};
}

}  // namespace wq::platform
