// Who may come in, by which password: employers by their credit code, province and ministry by name, staff of
// schools by school code and the account that their school's feed brought. A wrong account and a wrong
// password get one answer in one time; five wrong tries lock an account for 15 minutes on every instance. Not
// for sessions. Private to sync/platform.
#pragma once

#include "data/crypto/random.h"
#include "data/os/clock.h"
#include "sync/platform/registry.h"

#include <optional>
#include <string>

namespace wq::platform {

// Somebody who is in.
struct Person {
    domain::Role role = domain::Role::employer;
    std::string school = {};      // of school and department
    std::string account = {};     // an employer's credit code
    std::string department = {};  // of department
    std::string province = {};    // two digits, of province
    std::string display_name = {};
    std::string stamp = {};  // of the password; another one, another stamp

    domain::Actor actor() const { return {role, account, department}; }
    domain::Scope scope() const { return domain::scope_of(actor()); }
};

class Logins {
  public:
    explicit Logins(Registry& registry) : registry_(&registry) {}

    // `school` for staff of schools, whose role is the account's. Refusals: `login_wrong` {kind: role},
    // `login_locked` {minutes}.
    Result<Person> check(domain::Role door, const std::string& school, const std::string& account,
                         const std::string& password);
    // As it is now; nothing where the account is gone.
    std::optional<Person> find(domain::Role door, const std::string& school, const std::string& account);

    // Makes or replaces an account of the nation's. Refusals: check_new_password's, and `login_exists` where
    // only a new one is wanted.
    Result<void> put(const Person& person, const std::string& password, bool only_new = false);
    // The same for who has a password already. Refusals: `login_wrong`, `login_locked`, the above.
    Result<void> change(const Person& person, const std::string& before, const std::string& password);
    // Whoever has it may set the account's password within seven days, once. Replaces an earlier one.
    std::string new_code(domain::Role role, const std::string& account);
    // Refusals: `password_code_wrong`, check_new_password's.
    Result<Person> set_by_code(domain::Role role, const std::string& account, const std::string& code,
                               const std::string& password);
    void remove(domain::Role role, const std::string& account);

    // An employer's form before it is submitted.
    domain::Form kept_form(const std::string& account);
    void keep_form(const std::string& account, const domain::Form& form);

  private:
    struct Row;
    std::optional<Row> row(domain::Role door, const std::string& school, const std::string& account);
    std::string verifier_for(const std::string& password) const;

    Registry* registry_;
};

// As typed: credit codes in capitals without blanks.
std::string normal_account(domain::Role door, std::string_view typed);

// Length, what everybody takes, and what is in the account itself (NIST SP 800-63B, 5.1.1.2). Refusals:
// `password_too_short` {least}, `password_too_long` {most}, `password_common`, `password_like_account`.
std::optional<Refusal> check_new_password(std::string_view password, std::string_view account,
                                          std::string_view display_name);

}  // namespace wq::platform
