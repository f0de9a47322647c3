// Modules of a code as they were measured, not yet decided: what is read by error correction with erasures
// here, and recognised against issued codes (issued_codes.h) where that is not enough.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace wq::scan {

struct SoftModules {
    int side = 0;
    std::vector<float> dark;  // row by row: 1 dark, -1 light, near 0 doubtful
    double likeness = 0;      // of the fixed patterns, -1 to 1

    bool is_empty() const { return dark.empty(); }
};

// The text of a symbol of level M in alphanumeric mode (ISO/IEC 18004). Doubtful codewords are erased, so
// that up to twice as many may be lost as errors could be mended. Nothing where too much is lost.
std::optional<std::string> text_of(const SoftModules& modules);

}  // namespace wq::scan
