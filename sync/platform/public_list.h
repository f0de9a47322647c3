// The nation's verification list: whose keys are believed and which papers are no longer in force, of all
// schools, for nodes and for the page that verifies without a network (R58, R59). Nothing in it is anybody's
// secret. Private to sync/platform.
#pragma once

#include "data/crypto/verification_list.h"
#include "sync/platform/database.h"

namespace wq::platform {

class PublicList {
  public:
    explicit PublicList(Database& database) : database_(&database) {}

    // As of now. The set is made anew only where a paper ended since.
    crypto::SignedList current(Instant now, const crypto::Signer& signer);

  private:
    const crypto::EndedPapers& ended();

    Database* database_;
    std::int64_t count_ = 0;
    crypto::EndedPapers ended_;  // of so many
};

}  // namespace wq::platform
