// 100,000 tries against a register of as many agreements: damaged symbols of its own and foreign ones, which
// must not be named. For the bench; symbols are damaged module by module, without pages around them.
#pragma once

#include "pdf/scan/issued_codes.h"

namespace wq::bench {

// Agreements 0 to `registered` are in `codes`, both codes of page 1, by number. Prints what became of
// `tries`.
void try_register(const scan::IssuedCodes& codes, int registered, int tries);

}  // namespace wq::bench
