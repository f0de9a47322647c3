#include "sync/platform/web/logins.h"

#include "data/base/utf8.h"
#include "data/crypto/hash.h"
#include "data/crypto/password.h"
#include "sync/platform/database.h"
#include "sync/platform/nodes.h"

#include <algorithm>

namespace wq::platform {
namespace {

using domain::Role;
using soci::into, soci::use;

constexpr int kTries = 5;
constexpr std::int64_t kLocked = 15 * kMinute, kRemembered = kDay, kCodeValid = 7 * kDay;
constexpr std::size_t kCodeLength = 12;
constexpr std::string_view kForm = "web_login.form";

std::string hash_of_code(Role role, const std::string& account, std::string_view code) {
    return to_hex(crypto::sm3(
        bytes_of(std::string(domain::name_of(role)) + "\n" + account + "\n" + normal_code(code))));
}

std::string stamp_of(const std::string& verifier) {
    return to_hex(crypto::sm3(bytes_of(verifier))).substr(0, 32);
}

bool is_of_school(Role role) { return role == Role::school || role == Role::department; }

// 0 where the account is open, else the minutes that it stays locked.
int minutes_locked(Database& database, const std::string& tag, Instant now) {
    std::int64_t until = 0;
    database.sql() << "SELECT locked_until FROM web_failure WHERE tag = :tag", use(tag), into(until);
    if (!database.sql().got_data() || until <= now.ms) return 0;
    return static_cast<int>((std::min(until - now.ms, kLocked) + kMinute - 1) / kMinute);
}

void note_failure(Database& database, const std::string& tag, Instant now) {
    // Of an account that is open, a moment past tells when it was tried last: what was tried long ago is
    // forgotten, whoever tries names that nobody has.
    const std::int64_t until = now.ms + kLocked, tried = now.ms - kLocked, forgotten = now.ms - kRemembered;
    database.sql() << "DELETE FROM web_failure WHERE locked_until < :forgotten", use(forgotten);
    database.sql()
        << "INSERT INTO web_failure (tag, count, locked_until) VALUES (:tag, 1, CAST(:tried AS BIGINT))"
           " ON CONFLICT (tag) DO UPDATE SET locked_until = CASE WHEN web_failure.count + 1 >= :most"
           " THEN CAST(:until AS BIGINT) ELSE CAST(:tried AS BIGINT) END,"
           " count = CASE WHEN web_failure.count + 1 >= :most THEN 0 ELSE web_failure.count + 1 END",
        use(tag, "tag"), use(tried, "tried"), use(kTries, "most"), use(until, "until");
}

}  // namespace

std::string normal_account(Role door, std::string_view typed) {
    const std::string plain = to_half_width(typed);
    return door == Role::employer ? to_upper_ascii(plain) : plain;
}

struct Logins::Row {
    Person person;
    std::string verifier;
};

std::optional<Logins::Row> Logins::row(Role door, const std::string& school, const std::string& account) {
    Row row;
    std::string role(domain::name_of(door));
    bool found = false;
    registry_->look([&](Database& database) {
        if (is_of_school(door))
            database.sql() << "SELECT role, department, display_name, verifier FROM account"
                              " WHERE school = :school AND account = :account",
                use(school), use(account), into(role), into(row.person.department),
                into(row.person.display_name), into(row.verifier);
        else
            database.sql() << "SELECT province, display_name, verifier FROM web_login"
                              " WHERE role = :role AND account = :account",
                use(role), use(account), into(row.person.province), into(row.person.display_name),
                into(row.verifier);
        found = database.sql().got_data();
    });
    const auto known = domain::role_named(role);
    // Whatever a school's feed calls an account, it opens no door but the school's.
    if (!found || !known || row.verifier.empty() || is_of_school(*known) != is_of_school(door))
        return std::nullopt;
    row.person.role = *known;
    row.person.account = account;
    if (is_of_school(door)) row.person.school = school;
    row.person.stamp = stamp_of(row.verifier);
    return row;
}

std::optional<Person> Logins::find(Role door, const std::string& school, const std::string& account) {
    auto found = row(door, school, account);
    return found ? std::optional(std::move(found->person)) : std::nullopt;
}

Result<Person> Logins::check(Role door, const std::string& school, const std::string& account,
                             const std::string& password) {
    std::string tag;
    int minutes = 0;
    registry_->look([&](Database& database) {
        tag =
            database.tag(std::string(domain::name_of(door)) + "\n" + school + "\n" + account, "web_failure");
        minutes = minutes_locked(database, tag, registry_->now());
    });
    if (minutes > 0) return refuse("login_locked", {{"minutes", std::to_string(minutes)}});
    auto found = row(door, school, account);
    const bool is_right = found ? crypto::password_matches(password, found->verifier)
                                : crypto::password_never_matches(password);
    registry_->transact([&](Database& database) {
        if (is_right)
            database.sql() << "DELETE FROM web_failure WHERE tag = :tag", use(tag);
        else
            note_failure(database, tag, registry_->now());
    });
    if (!is_right) return refuse("login_wrong", {{"kind", std::string(domain::name_of(door))}});
    return std::move(found->person);
}

std::string Logins::verifier_for(const std::string& password) const {
    return crypto::password_verifier(password, registry_->random());
}

Result<void> Logins::put(const Person& person, const std::string& password, bool only_new) {
    if (auto refusal = check_new_password(password, person.account, person.display_name))
        return tl::make_unexpected(*refusal);
    const std::string role(domain::name_of(person.role)), verifier = verifier_for(password);
    const std::int64_t now = registry_->now().ms;
    bool is_put = false;
    registry_->transact([&](Database& database) {
        const std::string none = database.seal(cbor::encode(domain::to_cbor(domain::Form{})), kForm);
        soci::statement row =
            (database.sql().prepare
                 << "INSERT INTO web_login"
                    " (role, account, province, display_name, verifier, form, changed)"
                    " VALUES (:role, :account, :province, :name, :verifier, :form, :now)"
                    " ON CONFLICT (role, account) DO " +
                        std::string(only_new ? "NOTHING"
                                             : "UPDATE SET province = excluded.province,"
                                               " display_name = excluded.display_name,"
                                               " verifier = excluded.verifier, changed = excluded.changed"),
             use(role), use(person.account), use(person.province), use(person.display_name), use(verifier),
             use(none), use(now));
        row.execute(true);
        is_put = row.get_affected_rows() > 0;
    });
    return is_put ? Result<void>() : refuse("login_exists");
}

Result<void> Logins::change(const Person& person, const std::string& before, const std::string& password) {
    if (auto known = check(person.role, person.school, person.account, before); !known)
        return tl::make_unexpected(known.error());
    return put(person, password);
}

std::string Logins::new_code(Role role, const std::string& account) {
    const std::string code = registry_->random().typed_code(kCodeLength),
                      hash = hash_of_code(role, account, code), of_role(domain::name_of(role));
    const std::int64_t until = registry_->now().ms + kCodeValid;
    registry_->transact([&](Database& database) {
        database.sql() << "INSERT INTO web_code (role, account, code_hash, valid_until)"
                          " VALUES (:role, :account, :hash, :until) ON CONFLICT (role, account) DO UPDATE SET"
                          " code_hash = excluded.code_hash, valid_until = excluded.valid_until",
            use(of_role), use(account), use(hash), use(until);
    });
    return code.substr(0, 4) + "-" + code.substr(4, 4) + "-" + code.substr(8);
}

Result<Person> Logins::set_by_code(Role role, const std::string& account, const std::string& code,
                                   const std::string& password) {
    if (auto refusal = check_new_password(password, account, {})) return tl::make_unexpected(*refusal);
    const std::string hash = hash_of_code(role, account, code), of_role(domain::name_of(role));
    const std::int64_t now = registry_->now().ms;
    bool is_right = false;
    registry_->transact([&](Database& database) {
        soci::statement code_row =
            (database.sql().prepare << "DELETE FROM web_code WHERE role = :role AND account = :account"
                                       " AND code_hash = :hash AND valid_until >= :now",
             use(of_role), use(account), use(hash), use(now));
        code_row.execute(true);
        is_right = code_row.get_affected_rows() > 0;
    });
    if (!is_right) return refuse("password_code_wrong");
    Person person = find(role, {}, account).value_or(Person{.role = role, .account = account});
    if (auto set = put(person, password); !set) return tl::make_unexpected(set.error());
    return find(role, {}, account).value_or(person);
}

void Logins::remove(Role role, const std::string& account) {
    const std::string of_role(domain::name_of(role));
    registry_->transact([&](Database& database) {
        database.sql() << "DELETE FROM web_login WHERE role = :role AND account = :account", use(of_role),
            use(account);
    });
}

domain::Form Logins::kept_form(const std::string& account) {
    domain::Form form;
    registry_->look([&](Database& database) {
        std::string sealed;
        database.sql() << "SELECT form FROM web_login WHERE role = 'employer' AND account = :account",
            use(account), into(sealed);
        if (database.sql().got_data())
            form = domain::form_from_cbor(cbor::decode(database.open(sealed, kForm)).value_or(cbor::Value{}));
    });
    return form;
}

void Logins::keep_form(const std::string& account, const domain::Form& form) {
    const std::string name(domain::value_of(form, "employer_name"));
    registry_->transact([&](Database& database) {
        const std::string sealed = database.seal(cbor::encode(domain::to_cbor(form)), kForm);
        // A form that was submitted is kept no more; the name stays.
        database.sql() << "UPDATE web_login SET form = :form, display_name ="
                          " coalesce(nullif(:name, ''), display_name)"
                          " WHERE role = 'employer' AND account = :account",
            use(sealed), use(name), use(account);
    });
}

}  // namespace wq::platform
