#include "data/store/accounts.h"

#include "data/base/utf8.h"
#include "data/crypto/password.h"
#include "data/store/core.h"
#include "data/store/projection.h"

#include <algorithm>

namespace wq::store {
namespace {

constexpr std::size_t kAtOnce = 500;  // accounts in one event, a fraction of what a push may hold
constexpr int kFailuresAllowed = 5;
constexpr std::int64_t kLockMs = 15 * kMinute;

// As the roster has it: a mobile without +86 and dashes.
std::string normal_login(std::string_view login) {
    std::string normal = to_half_width(login);
    if (!normal.starts_with("+86")) return normal;
    normal.erase(0, 3);
    std::erase(normal, '-');
    return normal;
}

std::string exam_number_of(Core& core, std::string_view login) {
    auto select = core.sql(
        "SELECT exam_number FROM graduate WHERE resident_tag = ? UNION SELECT exam_number FROM graduate "
        "WHERE mobile_tag = ?"
        " UNION SELECT exam_number FROM graduate WHERE email_tag = ? LIMIT 2");
    int index = 0;
    for (const char* key : {"resident_id", "mobile", "email"})
        bind_at(select, ++index,
                core.sealer().lookup_tag(to_lower_ascii(login), std::string("graduate.") + key));
    if (!select.executeStep()) return {};
    std::string exam_number = text_at(select, 0);
    return select.executeStep() ? std::string() : exam_number;  // shared by two: nobody's
}

Account account_from(SQLite::Statement& row) {
    const auto role = domain::role_named(text_at(row, 1)).value_or(domain::Role::student);
    return {{role, text_at(row, 0), text_at(row, 2)}, text_at(row, 3), text_at(row, 4)};
}

cbor::Value entry_of(const Account& account) {
    cbor::Value entry;
    entry.set("account", account.actor.account).set("role", domain::name_of(account.actor.role));
    entry.set("department", account.actor.department).set("display_name", account.display_name);
    entry.set("verifier", account.verifier);
    return entry;
}

void write_entries(Core& core, const domain::Actor& actor, cbor::Array entries) {
    domain::Event event = core.new_event(domain::event_type::kAccounts, actor);
    event.body.set("accounts", std::move(entries));
    core.append(event);
    project(core, event);
}

// The lock's end, or nothing. A lock longer than any lock is a clock that was set back.
std::optional<Instant> locked_until(Core& core, const Bytes& tag) {
    auto select = core.sql("SELECT locked_until_ms FROM login_failure WHERE login = ?");
    bind_at(select, 1, tag);
    if (!select.executeStep() || int_at(select, 0) <= core.now().ms) return std::nullopt;
    return Instant{std::min(int_at(select, 0), core.now().ms + kLockMs)};
}

void note_failure(Core& core, const Bytes& tag) {
    core.transaction([&] {
        auto upsert = core.sql(
            "INSERT INTO login_failure (login, count, locked_until_ms) VALUES (?1, 1, 0) ON CONFLICT (login) "
            "DO UPDATE"
            " SET locked_until_ms = CASE WHEN count + 1 >= ?2 THEN ?3 ELSE 0 END,"
            " count = CASE WHEN count + 1 >= ?2 THEN 0 ELSE count + 1 END");
        bind_at(upsert, 1, tag);
        upsert.bind(2, kFailuresAllowed);
        upsert.bind(3, core.now().ms + kLockMs);
        upsert.exec();
    });
}

void forget_failures(Core& core, const Bytes& tag) {
    core.transaction([&] {
        auto remove = core.sql("DELETE FROM login_failure WHERE login = ?");
        bind_at(remove, 1, tag);
        remove.exec();
    });
}

}  // namespace

std::int64_t Accounts::put(const std::vector<Account>& accounts, const domain::Actor& actor) {
    return core_->transaction([&] {
        std::int64_t news = 0;
        cbor::Array entries;
        const auto write = [&] { write_entries(*core_, actor, std::exchange(entries, {})); };
        for (const Account& account : accounts) {
            if (find(account.actor.account) == account) continue;
            ++news;
            entries.push_back(entry_of(account));
            if (entries.size() == kAtOnce) write();
        }
        if (!entries.empty()) write();
        return news;
    });
}

Result<void> Accounts::remove(std::string_view account, const domain::Actor& actor) {
    return core_->transaction([&]() -> Result<void> {
        auto gone = find(account);
        if (!gone) return refuse("account_unknown", {{"account", std::string(account)}});
        gone->verifier.clear();
        write_entries(*core_, actor, {entry_of(*gone).set("gone", true)});
        return {};
    });
}

std::vector<Account> Accounts::list(domain::Role role) const {
    auto select = core_->sql(
        "SELECT account, role, department, display_name, verifier FROM account WHERE role = ? ORDER BY "
        "account");
    bind_at(select, 1, domain::name_of(role));
    std::vector<Account> accounts;
    while (select.executeStep()) accounts.push_back(account_from(select));
    return accounts;
}

std::int64_t Accounts::count(domain::Role role) const {
    auto select = core_->sql("SELECT count(*) FROM account WHERE role = ?");
    bind_at(select, 1, domain::name_of(role));
    select.executeStep();
    return int_at(select, 0);
}

std::optional<Account> Accounts::find(std::string_view account) const {
    auto select =
        core_->sql("SELECT account, role, department, display_name, verifier FROM account WHERE account = ?");
    bind_at(select, 1, account);
    return select.executeStep() ? std::optional(account_from(select)) : std::nullopt;
}

Result<Account> Accounts::log_in(std::string_view given, std::string_view password) {
    const std::string login = normal_login(given);
    const std::string exam_number = exam_number_of(*core_, login);
    auto account = find(exam_number.empty() ? login : exam_number);
    // A student logs in by phone, id number or e-mail, not by the exam number that everybody may know.
    if (account && exam_number.empty() && account->actor.role == domain::Role::student) account.reset();
    // One lock for all the log-ins of an account, and one for each that there is none for.
    const Bytes tag = account ? core_->sealer().lookup_tag(account->actor.account, "account")
                              : core_->sealer().lookup_tag(login, "login");
    if (const auto until = locked_until(*core_, tag)) {
        const std::int64_t minutes = (until->ms - core_->now().ms + kMinute - 1) / kMinute;
        return refuse("login_locked", {{"minutes", std::to_string(minutes)}});
    }
    const bool right = account ? crypto::password_matches(password, account->verifier)
                               : crypto::password_never_matches(password);
    if (!right) {
        note_failure(*core_, tag);
        return refuse("login_wrong");
    }
    forget_failures(*core_, tag);
    return std::move(*account);
}

}  // namespace wq::store
