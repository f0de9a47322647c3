// Pictures and files that people bring to a registration: materials, the paper of a supplement, papers and
// talks of a termination. What is no picture or PDF is refused before anything is kept.
#pragma once

#include "kiosk/desk/home.h"

#include <string>

namespace wq::desk {

// Kept by content, durable when it returns. Refusals: scan::each_picture's, `file_too_large` {file, limit},
// Pictures::keep's.
Result<domain::Attachment> attach_file(Home& home, std::string kind, ByteView file);

}  // namespace wq::desk
