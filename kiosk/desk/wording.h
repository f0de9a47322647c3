// The wording as the desks and the windows say it. What it is, and how it speaks, are data/os/wording.h's and
// speech.h's.
#pragma once

#include "data/os/speech.h"

namespace wq::desk {

using os::Language;
using os::Speech;
using os::Wording;

}  // namespace wq::desk
