// The nation's verification list: whose keys are believed and which papers are no longer in force, of all
// schools, for nodes and for the page that verifies without a network (R58, R59). Nothing in it is anybody's
// secret. Thread-safe. Private to sync/platform.
#pragma once

#include "data/crypto/verification_list.h"
#include "sync/platform/database.h"

#include <mutex>

namespace wq::platform {

class PublicList {
  public:
    // As of now. The set is made anew only where a paper ended since.
    crypto::SignedList current(Database& database, Instant now, const crypto::Signer& signer);

  private:
    const crypto::EndedPapers& ended(Database& database);

    std::mutex mutex_;
    std::int64_t version_ = -1;
    crypto::EndedPapers ended_;  // as of this version
};

}  // namespace wq::platform
