// Other systems that may read schools' placements (R44), such as the employment-management system: each has a
// token, of which only the hash is kept. They are the nation's, no school's. Private to sync/platform.
#pragma once

#include "data/crypto/random.h"
#include "sync/platform/database.h"

#include <optional>
#include <string>
#include <vector>

namespace wq::platform {

struct Consumer {
    std::string name;
    std::vector<std::string> schools;  // empty: all

    bool may_read(std::string_view school) const;
};

class Consumers {
  public:
    explicit Consumers(Database& database) : database_(&database) {}

    // Gives the token, once; an older one of the same name is no longer good. The caller's transaction.
    std::string add(const Consumer& consumer, crypto::Random& random);
    // Refusal: `consumer_unknown`.
    Result<void> remove(const std::string& name);
    std::vector<Consumer> all();
    std::optional<Consumer> find(std::string_view token);

  private:
    Database* database_;
};

}  // namespace wq::platform
