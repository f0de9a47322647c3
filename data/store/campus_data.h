// The campus's own data: settings and the keys whose paper it believes. Changes are events and stand
// in the history.
#pragma once

#include "data/crypto/trust.h"
#include "data/domain/campus.h"

namespace wq::store {

class Core;

class CampusData {
  public:
    explicit CampusData(Core& core) : core_(&core) {}

    domain::Campus campus() const;
    // The first settings of a campus may be anything, later ones what domain::may_set allows; what is not the
    // school's comes from the platform alone once this node has joined one. `seen`: all settings as they were
    // looked at. Refusals: `setting_unknown`, `setting_value`, `setting_not_yours`, `setting_from_platform`
    // {key}, `setting_changed` {key, value}; then nothing changes.
    Result<void> change(const domain::Form& settings, const domain::Actor& actor,
                        const std::optional<domain::Form>& seen = {});

    crypto::TrustList trust() const;
    void trust_key(const crypto::TrustedKey& key, const domain::Actor& actor);

  private:
    Core* core_;
};

}  // namespace wq::store
