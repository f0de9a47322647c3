// The authority's decision on one event: the same rules as on the node that made it, on the platform's rows
// and in the platform's order. Private to sync/platform.
#pragma once

#include "data/domain/event.h"
#include "data/domain/lifecycle.h"
#include "sync/platform/school_tables.h"

namespace wq::platform {

// Decides and, where accepted, writes the rows. `feed` is the number that the event gets. Refusals: those of
// domain::apply, `student_unknown`, `record_unknown`, `number_taken`, `number_wrong`, `decided_otherwise`
// {state} (this school's settings lead elsewhere), `setting_unknown`, `setting_value`, `key_unreadable`;
// `type_unknown` and `event_wrong` mean quarantine.
Result<void> judge(SchoolTables& tables, const domain::Codes& codes, const domain::Event& event,
                   std::int64_t feed);

// What the platform can't read it keeps and does not judge: a later version may.
bool is_quarantine(const Refusal& refusal);

}  // namespace wq::platform
