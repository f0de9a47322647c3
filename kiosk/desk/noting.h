// What the desks write into the log (R65), each in one place for both of them. Nothing of whom or of what:
// the catalogue is in data/os/log.h.
#pragma once

#include "data/domain/lifecycle.h"
#include "data/os/log.h"
#include "data/store/accounts.h"

namespace wq::desk {

inline void note_login(os::Log& log, const Result<store::Account>& account) {
    if (account)
        log.write(os::LogKind::logged_in, {{"role", std::string(domain::name_of(account->actor.role))}});
    else
        log.write(os::LogKind::login_refused, {{"code", account.error().code}});
}

inline void note_act(os::Log& log, domain::Action action, const Result<domain::Registration>& record) {
    const std::string name(domain::name_of(action));
    if (record)
        log.write(os::LogKind::acted, {{"action", name},
                                       {"kind", std::string(domain::name_of(record->kind))},
                                       {"state", std::string(domain::name_of(record->state))}});
    else
        log.write(os::LogKind::act_refused, {{"action", name}, {"code", record.error().code}});
}

inline void note_sync(os::Log& log, std::int64_t pushed, std::int64_t pulled, std::int64_t conflicts,
                      const std::optional<Refusal>& failed) {
    if (failed)
        log.write(os::LogKind::sync_failed, {{"code", failed->code}});
    else
        log.write(os::LogKind::synced, {{"pushed", std::to_string(pushed)},
                                        {"pulled", std::to_string(pulled)},
                                        {"conflicts", std::to_string(conflicts)}});
}

}  // namespace wq::desk
