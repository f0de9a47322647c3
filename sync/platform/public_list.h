// The nation's verification list: whose keys are believed and which papers are no longer in force, of all
// schools, for nodes and for the page that verifies without a network (R58, R59). Nothing in it is anybody's
// secret. Every node asks for it in every round, so it is kept until something in it changes. Thread-safe.
// Private to sync/platform.
#pragma once

#include "data/crypto/verification_list.h"
#include "sync/platform/database.h"

#include <mutex>

namespace wq::platform {

class PublicList {
  public:
    // What is so now, as of a second ago at most.
    crypto::SignedList current(Database& database, Instant now, const crypto::Signer& signer);

  private:
    std::mutex mutex_;
    std::int64_t version_ = -1;
    crypto::SignedList list_;  // as of this version
};

}  // namespace wq::platform
