// What the platform's operator does from a shell: schools, enrolment codes, looking at nodes, events and one
// registration. Prints lines for people or, with --json, one JSON value. No personal data but what `show` is
// asked for.
#pragma once

#include "sync/platform/registry.h"

#include <CLI/CLI.hpp>

#include <functional>

namespace wq::platform {

// Adds the command `admin`. `registry` is called when a command runs; the command's exit code is left in
// `exit_code`: 0 done, 1 refused.
void add_admin(CLI::App& program, std::function<Registry&()> registry, int& exit_code);

}  // namespace wq::platform
