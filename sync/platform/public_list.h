// The nation's verification list: whose keys are believed and which papers are no longer in force, of all
// schools, for nodes and for the page that verifies without a network (R58, R59). Nothing in it is anybody's
// secret. Private to sync/platform.
#pragma once

#include "data/crypto/verification_list.h"
#include "sync/platform/database.h"

#include <optional>

namespace wq::platform {

class PublicList {
  public:
    explicit PublicList(Database& database) : database_(&database) {}

    // As of now. The content is made anew only where a paper ended or a key came since.
    crypto::SignedList current(Instant now, const crypto::Signer& signer);

  private:
    struct Counts {
        std::int64_t ended = 0, keys = 0, schools = 0;
        bool operator==(const Counts&) const = default;
    };
    Counts counted();
    Bytes made();

    Database* database_;
    Counts counts_;
    Bytes content_;
};

}  // namespace wq::platform
