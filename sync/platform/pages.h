// Pages for the public, rendered here without scripts: what a printed code leads to (R35). A page tells no
// more than the paper in the reader's hand already does.
#pragma once

#include "sync/platform/registry.h"
#include "sync/protocol/http.h"

namespace wq::platform {

// GET /V/{code}
protocol::Response verification_page(Registry& registry, const protocol::Request& request);

// GET /offline.html: the page that verifies without a network, to be kept (R59).
protocol::Response offline_page(Registry& registry);

}  // namespace wq::platform
