// Log-ins that work offline (R02–R04): verifiers, and failures that a power cut does not forget. Not
// for sessions, which live in the desk.
#pragma once

#include "data/base/result.h"
#include "data/domain/registration.h"

#include <optional>
#include <string>
#include <vector>

namespace wq::store {

class Core;

struct Account {
    domain::Actor actor;  // account: exam number of a student, name of staff
    std::string display_name;
    std::string verifier;  // crypto::password_verifier

    bool operator==(const Account&) const = default;
};

class Accounts {
  public:
    explicit Accounts(Core& core) : core_(&core) {}

    // In events of some hundred; what is there already as given writes none. Gives how many were not.
    std::int64_t put(const std::vector<Account>& accounts, const domain::Actor& actor);
    // It can't log in any more, at any node. Refusal: `account_unknown`.
    Result<void> remove(std::string_view account, const domain::Actor& actor);

    // Students by mobile, resident id or e-mail of the roster; staff by account name. The answer to a wrong
    // account and to a wrong password is the same and takes as long: `login_wrong`; after 5 failures in a
    // row `login_locked` {minutes} for 15 minutes on this node.
    Result<Account> log_in(std::string_view login, std::string_view password);

    std::optional<Account> find(std::string_view account) const;
    // All of one role, by name.
    std::vector<Account> list(domain::Role role) const;
    std::int64_t count(domain::Role role) const;

  private:
    Core* core_;
};

}  // namespace wq::store
