// GET /v1/employment/{school}: what the employment-management system reads (R44), as JSON. sync/PROTOCOL.md
// has it. Private to sync/platform.
#pragma once

#include "sync/platform/registry.h"
#include "sync/protocol/http.h"

namespace wq::platform {

inline constexpr std::string_view kEmploymentPath = "/v1/employment/";

protocol::Response serve_employment(Registry& registry, const protocol::Request& request);

}  // namespace wq::platform
