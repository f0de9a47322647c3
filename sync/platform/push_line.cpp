#include "sync/platform/push_line.h"

#include "sync/platform/author.h"

#include <algorithm>

namespace wq::platform {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostTogether = 64;

void sign_receipts(const std::vector<Result<Taken>*>& answers, const crypto::Signer& signer) {
    std::vector<protocol::PushAnswer*> promised;
    for (Result<Taken>* answer : answers)
        if (*answer) promised.push_back(&(*answer)->answer);
    if (promised.empty()) return;
    protocol::join_receipts(promised);
    const crypto::Signature receipt = signer.sign(protocol::receipt_message(*promised.front()));
    for (protocol::PushAnswer* answer : promised) answer->receipt = receipt;
}

}  // namespace

Result<Taken> PushLine::push(const protocol::Sender& sender, const protocol::Push& push) {
    auto arrived_push = arrived(sender, push);
    if (!arrived_push) return tl::make_unexpected(arrived_push.error());
    Ticket ticket;
    ticket.push = std::move(*arrived_push);
    std::unique_lock lock(mutex_);
    Line& line = lines_[world_.connections->is_server() ? sender.school : std::string()];
    if (world_.connections->is_server() && line.is_busy && Clock::now() - line.busy_since > kStalled)
        return refuse("platform_busy");
    line.waiting.push_back(&ticket);
    while (!ticket.is_done) {
        moved_.wait(lock, [&] { return ticket.is_done || !line.is_busy; });
        if (ticket.is_done) break;
        // Nobody serves the line: this thread does, until its own turn has come, too.
        const std::size_t count = std::min(line.waiting.size(), kMostTogether);
        const auto last = line.waiting.begin() + static_cast<std::ptrdiff_t>(count);
        const std::vector<Ticket*> tickets(line.waiting.begin(), last);
        line.waiting.erase(line.waiting.begin(), last);
        line.is_busy = true;
        line.busy_since = Clock::now();
        lock.unlock();
        serve(tickets);
        lock.lock();
        for (Ticket* served : tickets) served->is_done = true;
        line.is_busy = false;
        moved_.notify_all();
    }
    lock.unlock();
    if (ticket.thrown) std::rethrow_exception(ticket.thrown);
    return std::move(ticket.answer);
}

// What one of them breaks, the others need not suffer: then each goes alone. A database that is away is
// nobody's doing, and found to be away once.
void PushLine::serve(const std::vector<Ticket*>& tickets) {
    try {
        return take_together(tickets);
    } catch (const DatabaseAway&) {
        for (Ticket* ticket : tickets) ticket->thrown = std::current_exception();
        return;
    } catch (const std::exception&) {
        if (tickets.size() == 1) {
            tickets[0]->thrown = std::current_exception();
            return;
        }
    }
    for (Ticket* ticket : tickets) serve({ticket});
}

void PushLine::take_together(const std::vector<Ticket*>& tickets) {
    std::map<std::string, std::vector<Ticket*>> by_school;
    for (Ticket* ticket : tickets) by_school[ticket->push.sender.school].push_back(ticket);
    const Instant now = world_.clock->now();
    world_.connections->write([&](Database& database) {
        for (const auto& [school, its] : by_school) {
            Ledger ledger(database, *world_.campuses, *world_.codes, school, now);
            // Whether an answer came in time does not hang on who asked before.
            expire_invitations(ledger, *world_.random);
            std::vector<const ArrivedPush*> pushes;
            for (const Ticket* ticket : its) pushes.push_back(&ticket->push);
            std::vector<Result<Taken>> taken = take(ledger, pushes);
            ledger.finish();
            for (std::size_t i = 0; i < its.size(); ++i) its[i]->answer = std::move(taken[i]);
        }
    });
    std::vector<Result<Taken>*> answers;
    for (Ticket* ticket : tickets) {
        answers.push_back(&ticket->answer);
        if (!ticket->answer && ticket->answer.error().code == "fork")
            world_.connections->write([&](Database& database) { keep_fork(database, ticket->push, now); });
    }
    sign_receipts(answers, *world_.signer);
}

int expire_invitations(Ledger& ledger, crypto::Random& random) {
    if (!ledger.tables().has_expired_invitations(ledger.now())) return 0;
    const auto expired = ledger.tables().expired_invitations(ledger.now());
    Author author(ledger, random);
    int count = 0;
    for (const domain::Registration& record : expired)
        count += author
                     .act(record.id, record.kind, record.exam_number,
                          {domain::Action::expire, {domain::Role::ministry, "platform"}})
                     .has_value();
    return count;
}

}  // namespace wq::platform
