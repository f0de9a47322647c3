// What an act asks for beside its place in the lifecycle's table: whose record it is, who may begin, forms,
// materials, pages, time. Inside data/domain only; lifecycle.h is the door.
#pragma once

#include "data/domain/lifecycle.h"

namespace wq::domain {

bool in_scope(const Registration& record, const Command& command, const Graduate& graduate);

// Refuses with what lifecycle.h names for apply.
std::optional<Refusal> check_content(const Registration& before, const Command& command, State to,
                                     const Context& world);

// The application's own lines (R36).
std::optional<Refusal> check_application(const Form& form, const Codes& codes);

}  // namespace wq::domain
