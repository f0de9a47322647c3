// Every paper that was ever issued, as far as this node knows: found by what is typed by hand (R48), told of
// once it is no longer in force (R58). And what the platform says of the nation's papers, for verifying
// without a network.
#pragma once

#include "data/crypto/verification_list.h"
#include "data/domain/hand_code.h"

#include <optional>
#include <vector>

namespace wq::store {

class Core;

class Papers {
  public:
    explicit Papers(Core& core) : core_(&core) {}

    // Those whose digest begins so: hardly ever more than one.
    std::vector<crypto::PaperName> find(const domain::HandCode& code) const;
    std::vector<crypto::PaperName> ended() const;

    // As the platform signed it last; the caller has proven the signature. Nothing before the first sync.
    std::optional<crypto::SignedList> verification_list() const;
    void keep(const crypto::SignedList& list);

  private:
    Core* core_;
};

}  // namespace wq::store
