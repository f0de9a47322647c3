// Sessions: 256 random bits in the visitor's cookie, their hash in the database, so that any instance serves
// them and nobody who reads the database has them. Half an hour without a request ends one, twelve hours end
// each, and so does another password. Forms carry a token that only this cookie's holder was shown (CSRF);
// before the log-in a guest's cookie stands for it. Private to sync/platform.
#pragma once

#include "sync/platform/web/logins.h"

#include <optional>
#include <string>

namespace wq::platform {

class Sessions {
  public:
    Sessions(Registry& registry, Logins& logins) : registry_(&registry), logins_(&logins) {}

    // The cookie's value.
    std::string begin(const Person& person);
    std::optional<Person> find(const std::string& cookie);
    void end(const std::string& cookie);
    // Of everybody who is in by this account.
    void end_all(domain::Role role, const std::string& account);

    std::string new_guest() const;
    // The token for forms that this cookie's holder is shown.
    static std::string token_for(const std::string& cookie);

  private:
    Registry* registry_;
    Logins* logins_;
};

}  // namespace wq::platform
