// What a student takes along when returned paper was sent back (R52): the reviewer's words, and for each page
// the picture of what is wrong with it and what to do.
#pragma once

#include "kiosk/desk/paper.h"
#include "kiosk/desk/wording.h"

namespace wq::desk {

// Whether `record` waits for its paper again because the last return was sent back.
bool was_sent_back(const domain::Registration& record);

// As PDF, in Chinese like all paper. Refusals: `nothing_sent_back`, Paper::document's.
Result<Bytes> return_slip(Home& home, const Paper& paper, const domain::Registration& record);

}  // namespace wq::desk
