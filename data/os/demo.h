// The demo's directory of invented employers (assets/demo/employers.tsv), for the demo campus and the demo
// platform alike.
#pragma once

#include "data/base/result.h"
#include "data/domain/form.h"

#include <filesystem>
#include <string>
#include <vector>

namespace wq::os {

struct DemoEmployer {
    domain::Form form;                    // employer_fields()
    std::string warning, warning_reason;  // of one that the demo campus warns of
};

// Refusals: read_text's.
Result<std::vector<DemoEmployer>> demo_employers(const std::filesystem::path& assets);

}  // namespace wq::os
