#include "sync/platform/employers.h"

#include "data/base/utf8.h"
#include "data/crypto/hash.h"
#include "sync/platform/listing.h"

#include <algorithm>

namespace wq::platform {
namespace {

using domain::EmployerAccount;
using soci::into, soci::use;

constexpr std::string_view kAccount = "employer_account.entry", kAct = "employer_act.entry";

std::optional<EmployerAccount> account_in(const Bytes& plain) {
    const auto value = cbor::decode(plain);
    return value ? domain::employer_account_from_cbor(*value) : std::nullopt;
}

// What was done, and what came of it.
Bytes act_bytes(const EmployerAccount& after, const domain::AccountCommand& command) {
    cbor::Value value;
    value.set("action", domain::name_of(command.action)).set("role", domain::name_of(command.actor.role));
    value.set("account", command.actor.account).set("after", domain::to_cbor(after));
    return cbor::encode(value);
}

std::string link(const std::string& previous, const Bytes& entry) {
    Bytes joined(previous.begin(), previous.end());
    append(joined, entry);
    return to_hex(crypto::sm3(joined));
}

}  // namespace

EmployerAccount Employers::find(const std::string& credit_code) {
    std::string entry;
    sql() << "SELECT entry FROM employer_account WHERE credit_code = :code", use(credit_code), into(entry);
    EmployerAccount unknown;
    unknown.credit_code = credit_code;
    if (!sql().got_data()) return unknown;
    return account_in(database_->open(entry, kAccount)).value_or(unknown);
}

std::vector<EmployerAccount> Employers::read(soci::statement& rows, const std::string& entry) {
    std::vector<EmployerAccount> accounts;
    for (rows.execute(); rows.fetch();)
        if (auto account = account_in(database_->open(entry, kAccount)))
            accounts.push_back(std::move(*account));
    return accounts;
}

std::vector<EmployerAccount> Employers::list() {
    std::string entry;
    soci::statement rows =
        (sql().prepare << "SELECT entry FROM employer_account ORDER BY credit_code", into(entry));
    return read(rows, entry);
}

std::vector<EmployerAccount> Employers::page(domain::AccountState state, int page) {
    const std::string wanted(domain::name_of(state));
    const bool is_waiting = state == domain::AccountState::submitted;
    const std::int64_t most = kOnPage, before = std::int64_t{kOnPage} * (page - 1);
    std::string entry;
    soci::statement rows = (sql().prepare << std::string("SELECT entry FROM employer_account"
                                                         " WHERE state = :state ORDER BY changed") +
                                                 (is_waiting ? "" : " DESC") + " LIMIT :most OFFSET :before",
                            use(wanted), use(most), use(before), into(entry));
    return read(rows, entry);
}

std::vector<EmployerAccount> Employers::search(std::string_view text) {
    const std::string code = to_upper_ascii(to_half_width(trimmed(text))),
                      name = employer_name_tag(*database_, text);
    const std::int64_t most = kOnPage;
    std::string entry;
    // The index has those with a name alone, and SQLite takes it only where the query says so, too.
    soci::statement rows = (sql().prepare << "SELECT entry FROM employer_account WHERE credit_code = :code"
                                             " OR (name_tag = :name AND name_tag <> '')"
                                             " ORDER BY credit_code LIMIT :most",
                            use(code), use(name), use(most), into(entry));
    return read(rows, entry);
}

std::map<domain::AccountState, std::int64_t> Employers::counts() {
    std::string name;
    std::int64_t count = 0;
    std::map<domain::AccountState, std::int64_t> counts;
    soci::statement rows = (sql().prepare << "SELECT state, count(*) FROM employer_account GROUP BY state",
                            into(name), into(count));
    for (rows.execute(); rows.fetch();)
        if (const auto state = domain::account_state_named(name)) counts.emplace(*state, count);
    return counts;
}

void Employers::put(const EmployerAccount& after, const domain::AccountCommand& command) {
    std::string previous;
    sql() << "SELECT link FROM employer_act WHERE credit_code = :code ORDER BY revision DESC LIMIT 1",
        use(after.credit_code), into(previous);
    if (!sql().got_data()) previous.clear();
    const Bytes act = act_bytes(after, command);
    const std::string next = link(previous, act), sealed_act = database_->seal(act, kAct),
                      sealed = database_->seal(cbor::encode(domain::to_cbor(after)), kAccount),
                      state(domain::name_of(after.state)),
                      name = employer_name_tag(*database_, domain::value_of(after.form, "employer_name"));
    sql() << "INSERT INTO employer_act (credit_code, revision, link, entry)"
             " VALUES (:code, :revision, :link, :entry)",
        use(after.credit_code), use(after.revision), use(next), use(sealed_act);
    sql() << "INSERT INTO employer_account (credit_code, state, entry, changed, name_tag)"
             " VALUES (:code, :state, :entry, :changed, :name)"
             " ON CONFLICT (credit_code) DO UPDATE SET state = excluded.state, entry = excluded.entry,"
             " changed = excluded.changed, name_tag = excluded.name_tag",
        use(after.credit_code), use(state), use(sealed), use(after.changed.ms), use(name);
}

bool Employers::is_whole(const std::string& credit_code) {
    std::string stored, entry, previous;
    std::int64_t revision = 0, expected = 0;
    soci::statement rows =
        (sql().prepare << "SELECT revision, link, entry FROM employer_act WHERE credit_code = :code"
                          " ORDER BY revision",
         use(credit_code), into(revision), into(stored), into(entry));
    rows.execute();
    Bytes last;
    while (rows.fetch()) {
        last = database_->open(entry, kAct);
        if (revision != ++expected || stored != link(previous, last)) return false;
        previous = stored;
    }
    const EmployerAccount now = find(credit_code);
    return now.revision == expected &&
           (expected == 0 || (*cbor::decode(last))["after"] == domain::to_cbor(now));
}

}  // namespace wq::platform
