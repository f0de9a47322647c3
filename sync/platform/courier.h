// The courier's other end (R60): takes nodes' parcels from a folder and lays the answers beside them. What a
// request means is the api's.
#pragma once

#include "sync/platform/api.h"

#include <filesystem>
#include <string>
#include <vector>

namespace wq::platform {

struct TakenParcel {
    std::string file;
    std::int64_t requests = 0, refused = 0;  // answered otherwise than with success
    std::optional<Refusal> why;              // the parcel as a whole was not taken
};

// In the order of their names. Refusals of a parcel: `courier_damaged`, `courier_forged`,
// `courier_not_ours`, `device_unknown` (also of a school that is not here), `device_revoked`, those of
// reading and writing files. Refuses with `courier_none` a folder without parcels.
Result<std::vector<TakenParcel>> take_parcels(Registry& registry, Api& api, crypto::Random& random,
                                              const std::filesystem::path& folder);

}  // namespace wq::platform
