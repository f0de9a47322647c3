// The page that a return link opens (R20): what is wanted, the upload, and what became of each picture. No
// account, no script; works on a phone.
#pragma once

#include "sync/platform/link_returns.h"
#include "sync/protocol/http.h"

namespace wq::platform {

// GET and POST /R/{token}; the POST is a form with files `pages` and perhaps `anyway`.
protocol::Response return_page(LinkReturns& returns, const protocol::Request& request);
// An upload that nobody looked at: 413 (too large) or 503 (too many at once).
protocol::Response return_turned_away(int status);

}  // namespace wq::platform
