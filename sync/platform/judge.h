// The authority's decision on one event: the same rules as on the node that made it, on the platform's rows
// and in the platform's order. Private to sync/platform.
#pragma once

#include "data/domain/event.h"
#include "data/domain/lifecycle.h"
#include "sync/platform/school_tables.h"

namespace wq::platform {

// Decides and, where accepted, writes the rows. `feed` is the number that the event gets. What employers and
// the ministry do and what the province sets is believed of the platform's own events only. Refusals: those
// of domain::apply, `student_unknown`, `record_unknown`, `number_taken`, `number_wrong`, `decided_otherwise`
// {state} (this school's settings lead elsewhere), `setting_unknown`, `setting_value`, `key_unreadable`;
// `type_unknown` and `event_wrong` mean quarantine.
enum class Origin { node, platform };
Result<void> judge(SchoolTables& tables, const domain::Codes& codes, const domain::Event& event,
                   std::int64_t feed, Origin origin = Origin::node);

// The record that this event is about, or the new one that it begins.
Result<domain::Registration> record_before(SchoolTables& tables, const domain::Event& event);
// domain::apply in the platform's world.
Result<domain::Step> decide(SchoolTables& tables, const domain::Codes& codes,
                            const domain::Registration& before, const domain::Command& command, Instant when);

// What the platform can't read it keeps and does not judge: a later version may.
bool is_quarantine(const Refusal& refusal);

}  // namespace wq::platform
